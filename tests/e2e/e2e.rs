//! The built site in real browsers, through its interface only: what is saved, and how, is the program's own affair.

mod access;
mod addresses;
mod answering;
mod attacks;
mod county_step;
mod data;
mod dates;
mod defaults;
mod deploying;
mod devtools;
mod driver;
mod filling;
mod hand_in;
mod keyboard;
mod layout;
mod offline;
mod old;
mod opening;
mod page;
mod practice;
mod share;
mod single_file;
mod trainers;
mod training;
mod visit;
mod windows;
