//! A QR code as the data of one SVG path.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// How many light modules a scanner needs around the code.
const QUIET: i32 = 4;

/// A code to draw: `<svg viewBox="0 0 size size"><path d="path"/></svg>`, dark on light.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules a side, with the quiet zone.
    pub size: usize,
    /// One rectangle for each horizontal run of dark modules.
    pub path: String,
}

/// The code for a text; `None` where no code is large enough. Medium error correction, or better where it costs nothing.
#[must_use]
pub fn qr(text: &str) -> Option<Qr> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            // Beyond the edge every module is light.
            let run = (x..).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                // Writing to a `String` cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += i32::try_from(run).unwrap_or(0) + 1;
        }
    }
    let size = usize::try_from(code.size() + 2 * QUIET).ok()?;
    Some(Qr { size, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: usize = 4;

    /// Draws the path, each rectangle as it says.
    fn draw(qr: &Qr) -> Vec<u8> {
        let side = qr.size * SCALE;
        let mut pixels = vec![255; side * side];
        for run in qr.path.split_terminator('z') {
            let (place, shape) = run.strip_prefix('M').and_then(|run| run.split_once('h')).expect("M x y h n v1 h-n");
            let (x, y) = place.split_once(' ').expect("x and y");
            let (width, back) = shape.split_once("v1h-").expect("a rectangle one module high");
            assert_eq!(width, back);
            let [x, y, width] = [x, y, width].map(|number| number.parse::<usize>().expect("a number"));
            assert!(x >= 4 && y >= 4 && x + width + 4 <= qr.size && y + 5 <= qr.size, "the quiet zone is not quiet");
            for line in pixels.chunks_mut(side).skip(y * SCALE).take(SCALE) {
                line[x * SCALE..(x + width) * SCALE].fill(0);
            }
        }
        pixels
    }

    fn check(text: &str) {
        let qr = qr(text).expect("the text fits");
        let (side, pixels) = (qr.size * SCALE, draw(&qr));
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| pixels[y * side + x]);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "{} bytes", text.len());
        let (_, read) = grids[0].decode().expect("the code is readable");
        assert_eq!(read, text);
    }

    #[test]
    fn an_independent_reader_reads_the_same_address() {
        let base = "https://example.org/plan-checklist/county/";
        check(base);
        check(&format!("{base}#s={}", "1aB-_x9".repeat(6)));
        check("https://example.org/规划编制自查/县区/#2.4-b");
        check("http://10.0.0.8:8080/a/?b=c&d=%E8%A7%84#start=1");
        for length in (1..600).step_by(37) {
            check(&format!("{base}#s={}", "k7_Q-".repeat(120).get(..length).expect("ASCII")));
        }
    }

    #[test]
    fn a_text_too_long_for_any_code_gives_none() {
        assert!(qr(&"x".repeat(2331)).is_some());
        assert_eq!(qr(&"x".repeat(2332)), None);
    }
}
