//! What others wrote and the project is built and tested with: its licences, where it comes from, and its known holes.
//!
//! Which holes are known is asked of databases elsewhere. Where they cannot be reached, the run says that nobody asked.

use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use xtask::places::tools;

use crate::tools::{command, run};

/// What became of asking for known holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    NoneKnown,
    /// Nobody answered, and why.
    NotReachable(String),
}

/// Licences, sources and versions of every crate, by `deny.toml`.
pub(crate) fn licences_and_sources() -> Result<()> {
    run(cargo_deny().args(["check", "--hide-inclusion-graph", "licenses", "sources", "bans"]))
}

/// Known holes in the crates.
///
/// # Errors
/// If there are any, or cargo-deny fails by itself.
pub(crate) fn holes_in_crates() -> Result<Asked> {
    // Nobody is there to be asked for a password.
    let fetched = cargo_deny().args(["--color", "never", "fetch", "db"]).env("GIT_TERMINAL_PROMPT", "0").output()?;
    if !fetched.status.success() {
        return why_not_fetched(&String::from_utf8_lossy(&fetched.stderr)).map(Asked::NotReachable);
    }
    run(cargo_deny().args(["--offline", "check", "advisories"])).map(|()| Asked::NoneKnown)
}

/// Known holes in what the tests have from npm. The old Chromiums are not meant: they are old on purpose, and open nothing but
/// our own pages.
///
/// # Errors
/// If there are any, or npm fails by itself.
pub(crate) fn holes_in_npm_packages() -> Result<Asked> {
    let mut audit = command("npm");
    audit.args(["audit", "--json", "--fetch-retries=0", "--fetch-timeout=60000", "--prefix"]).arg(tools());
    // It ends with a failure whether there are holes or nobody answers.
    audited(&String::from_utf8_lossy(&audit.output()?.stdout))
}

fn cargo_deny() -> Command {
    let mut deny = command("cargo");
    deny.args(["deny", "--workspace"]);
    deny
}

/// Why cargo-deny did not get its database; an error if it did not come to asking for it.
fn why_not_fetched(said: &str) -> Result<String> {
    if !said.contains("failed to fetch advisory database") {
        bail!("cargo deny: {said}");
    }
    // What git gave up on; without git there is no such line.
    let last = said.lines().rfind(|line| line.starts_with("fatal: ")).or(said.lines().next()).unwrap_or_default();
    Ok(last.trim_start_matches("fatal: ").to_owned())
}

/// What `npm audit --json` printed.
fn audited(printed: &str) -> Result<Asked> {
    let report: Value = serde_json::from_str(printed).context("npm audit printed no JSON")?;
    if let Some(holes) = report["vulnerabilities"].as_object() {
        if holes.is_empty() {
            return Ok(Asked::NoneKnown);
        }
        let names: Vec<&str> = holes.keys().map(String::as_str).collect();
        bail!("known holes in {}; `npm audit --prefix {}` says which", names.join(", "), tools().display());
    }
    // What the other side said, or that there is no other side. What npm itself has to say, it says without this.
    match report["message"].as_str() {
        Some(message) => Ok(Asked::NotReachable(message.to_owned())),
        None => bail!("npm audit: {}", report["error"]["summary"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn not_reachable(why: &str) -> Asked {
        Asked::NotReachable(why.to_owned())
    }

    #[test]
    fn an_audit_without_an_answer_is_no_audit_that_found_nothing() {
        let clean =
            r#"{ "auditReportVersion": 2, "vulnerabilities": {}, "metadata": { "vulnerabilities": { "total": 0 } } }"#;
        assert_eq!(audited(clean).expect("a report"), Asked::NoneKnown);
        let refused = r#"{ "message": "405 Method Not Allowed - POST https://registry/bulk", "statusCode": 405,
            "error": { "summary": "", "detail": "" } }"#;
        assert_eq!(
            audited(refused).expect("no report"),
            not_reachable("405 Method Not Allowed - POST https://registry/bulk")
        );
        let offline = r#"{ "message": "request to https://registry/bulk failed, reason: connect ECONNREFUSED",
            "error": { "summary": "", "detail": "" } }"#;
        assert!(matches!(audited(offline), Ok(Asked::NotReachable(_))));
    }

    #[test]
    fn an_audit_that_found_something_or_did_not_run_fails() {
        let found = r#"{ "auditReportVersion": 2, "vulnerabilities": { "minimist": { "severity": "critical" } },
            "metadata": { "vulnerabilities": { "total": 1 } } }"#;
        assert!(audited(found).is_err_and(|error| error.to_string().contains("minimist")));
        let no_lock = r#"{ "error": { "code": "ENOLOCK", "summary": "This command requires an existing lockfile.", "detail": "" } }"#;
        assert!(audited(no_lock).is_err_and(|error| error.to_string().contains("lockfile")));
        assert!(audited("").is_err());
    }

    #[test]
    fn a_database_that_cannot_be_fetched_is_told_from_a_tool_that_fails() {
        let offline = "[ERROR] failed to fetch database: failed to fetch advisory database https://host/db with cli\n\
            Cloning into 'db'...\nfatal: unable to access 'https://host/db/': Could not resolve host: host\n\n";
        assert_eq!(
            why_not_fetched(offline).expect("it was asked for"),
            "unable to access 'https://host/db/': Could not resolve host: host"
        );
        assert!(why_not_fetched("[ERROR] failed to validate configuration file deny.toml").is_err());
    }
}
