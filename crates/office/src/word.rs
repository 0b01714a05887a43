//! WordprocessingML as far as it is used here: paragraphs, tables, sections, and the package around them.
//!
//! No library writes what GB/T 9704 needs (docx-rs has no repeated table heads), and this is little. The order of elements
//! is that of the transitional schema, which Word insists on; `tests/docx.rs` checks it.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use plan_checklist_domain::Date;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::not_written::NotWritten;
use crate::text::{clean, escape};

/// The styles of `parts/styles.xml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Normal,
    Title,
    Heading1,
    Heading2,
    Heading3,
    AttachmentMark,
    AttachmentTitle,
    Fact,
    SignatureLine,
    TableText,
    TableCentred,
    TableHead,
    TableStep,
    Closing,
}

/// A page's way up; its margins are those of GB/T 9704.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    Portrait,
    Landscape,
}

/// A cell: its style, its text, and over how many columns it reaches.
#[derive(Debug)]
pub(crate) struct Cell {
    pub(crate) style: Style,
    pub(crate) text: String,
    pub(crate) span: usize,
}

/// The body of a document as it grows.
#[derive(Debug, Default)]
pub(crate) struct Body {
    xml: String,
}

impl Cell {
    pub(crate) fn new(style: Style, text: impl Into<String>) -> Self {
        Self { style, text: text.into(), span: 1 }
    }
}

impl Body {
    /// A paragraph for each line of the text; none for a text that says nothing.
    pub(crate) fn text(&mut self, style: Style, text: &str) {
        for line in clean(text).lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.paragraph(style, "", line);
        }
    }

    /// The title: one paragraph, however many lines.
    pub(crate) fn title(&mut self, text: &str) {
        self.paragraph(Style::Title, "", &clean(text));
    }

    /// A paragraph that begins with a few words in bold. Further lines of the text are paragraphs of their own.
    pub(crate) fn led(&mut self, lead: &str, text: &str) {
        let text = clean(text);
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        self.paragraph(Style::Normal, &clean(lead), lines.next().unwrap_or_default());
        for line in lines {
            self.paragraph(Style::Normal, "", line);
        }
    }

    fn paragraph(&mut self, style: Style, lead: &str, line: &str) {
        self.push(format_args!("<w:p><w:pPr><w:pStyle w:val=\"{style:?}\"/></w:pPr>"));
        if !lead.is_empty() {
            self.run("<w:rPr><w:b/><w:bCs/></w:rPr>", lead);
        }
        if !line.is_empty() {
            self.run("", line);
        }
        self.xml.push_str("</w:p>\n");
    }

    fn run(&mut self, properties: &str, text: &str) {
        self.push(format_args!("<w:r>{properties}"));
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.xml.push_str("<w:br/>");
            }
            let line = escape(&line.replace('\t', " "));
            self.push(format_args!("<w:t xml:space=\"preserve\">{line}</w:t>"));
        }
        self.xml.push_str("</w:r>");
    }

    /// A table with lines, whose head repeats on every page and whose rows stay whole. Widths are in twentieths of a point.
    pub(crate) fn table(&mut self, what: &str, widths: &[u32], head: &[&str], rows: Vec<Vec<Cell>>) {
        self.begin_table("TableGrid", what, widths);
        let head = head.iter().map(|text| Cell::new(Style::TableHead, *text)).collect();
        self.row(widths, head, "<w:cantSplit/><w:tblHeader/>");
        for row in rows {
            self.row(widths, row, "<w:cantSplit/>");
        }
        self.xml.push_str("</w:tbl>\n");
    }

    /// Texts set beside each other, without lines.
    pub(crate) fn beside(&mut self, what: &str, widths: &[u32], rows: Vec<Vec<Cell>>) {
        self.begin_table("TableNormal", what, widths);
        for row in rows {
            self.row(widths, row, "<w:cantSplit/>");
        }
        self.xml.push_str("</w:tbl>\n");
    }

    fn begin_table(&mut self, style: &str, what: &str, widths: &[u32]) {
        let total: u32 = widths.iter().sum();
        let what = escape(what);
        self.push(format_args!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
             w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{what}\"/></w:tblPr><w:tblGrid>"
        ));
        for width in widths {
            self.push(format_args!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.xml.push_str("</w:tblGrid>\n");
    }

    fn row(&mut self, widths: &[u32], cells: Vec<Cell>, properties: &str) {
        self.push(format_args!("<w:tr><w:trPr>{properties}</w:trPr>"));
        let mut column = 0;
        for cell in cells {
            let end = (column + cell.span).min(widths.len());
            let width: u32 = widths[column.min(end)..end].iter().sum();
            column = end;
            self.push(format_args!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
            if cell.span > 1 {
                self.push(format_args!("<w:gridSpan w:val=\"{}\"/>", cell.span));
            }
            self.xml.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
            // A cell holds at least one paragraph.
            self.paragraph(cell.style, "", &clean(&cell.text));
            self.xml.push_str("</w:tc>");
        }
        self.xml.push_str("</w:tr>\n");
    }

    /// As good as nothing: after a table there must be a paragraph.
    pub(crate) fn gap(&mut self) {
        self.paragraph(Style::Closing, "", "");
    }

    /// Ends a section: what follows stands on pages of its own.
    pub(crate) fn end_section(&mut self, page: Page) {
        let section = section(page);
        self.push(format_args!("<w:p><w:pPr><w:pStyle w:val=\"{:?}\"/>{section}</w:pPr></w:p>\n", Style::Closing));
    }

    fn push(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing to a `String` cannot fail.
        let _ = self.xml.write_fmt(arguments);
    }

    /// The finished document, whose last section has pages this way up.
    pub(crate) fn document(self, last: Page) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
             xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>\n{}{}</w:body></w:document>",
            self.xml,
            section(last)
        )
    }
}

/// Top 37 mm, bottom 35, left 28, right 26; the page number begins 7 mm below the text.
fn section(page: Page) -> String {
    let size = match page {
        Page::Portrait => "w:w=\"11906\" w:h=\"16838\"",
        Page::Landscape => "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"",
    };
    // Across, the edge that is bound is the upper one.
    let margins = match page {
        Page::Portrait => "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\"",
        Page::Landscape => "w:top=\"1588\" w:right=\"1474\" w:bottom=\"1474\" w:left=\"1474\"",
    };
    let footer = match page {
        Page::Portrait => 1106,
        Page::Landscape => 780,
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"even\" r:id=\"rIdEven\"/><w:footerReference w:type=\"default\" r:id=\"rIdOdd\"/>\
         <w:type w:val=\"nextPage\"/><w:pgSz {size}/><w:pgMar {margins} w:header=\"851\" w:footer=\"{footer}\" w:gutter=\"0\"/>\
         <w:cols w:space=\"425\"/></w:sectPr>"
    )
}

/// Puts the document and what belongs to it into one file.
pub(crate) fn package(document: &str, title: &str, creator: &str, day: Option<Date>) -> Result<Vec<u8>, NotWritten> {
    let footer = |side: &str| include_str!("../parts/footer.xml").replace("SIDE", side);
    let created =
        day.map(|day| format!("<dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>"));
    let core = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>{}\
         <dc:language>zh-CN</dc:language></cp:coreProperties>",
        escape(&clean(title)),
        escape(&clean(creator)),
        created.unwrap_or_default()
    );
    let parts = [
        ("[Content_Types].xml", include_str!("../parts/content_types.xml").to_owned()),
        ("_rels/.rels", include_str!("../parts/package_rels.xml").to_owned()),
        ("docProps/core.xml", core),
        ("docProps/app.xml", include_str!("../parts/app.xml").to_owned()),
        ("word/document.xml", document.to_owned()),
        ("word/_rels/document.xml.rels", include_str!("../parts/document_rels.xml").to_owned()),
        ("word/styles.xml", include_str!("../parts/styles.xml").to_owned()),
        ("word/numbering.xml", include_str!("../parts/numbering.xml").to_owned()),
        ("word/settings.xml", include_str!("../parts/settings.xml").to_owned()),
        ("word/fontTable.xml", include_str!("../parts/font_table.xml").to_owned()),
        // 单页码居右空一字，双页码居左空一字.
        ("word/footer_odd.xml", footer("<w:ind w:rightChars=\"100\" w:right=\"280\"/><w:jc w:val=\"right\"/>")),
        ("word/footer_even.xml", footer("<w:ind w:leftChars=\"100\" w:left=\"280\"/><w:jc w:val=\"left\"/>")),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).map_err(|error| NotWritten(error.to_string()))?;
        zip.write_all(content.as_bytes()).map_err(|error| NotWritten(error.to_string()))?;
    }
    let file = zip.finish().map_err(|error| NotWritten(error.to_string()))?;
    Ok(file.into_inner())
}
