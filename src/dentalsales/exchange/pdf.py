"""The door to PDF: sheets and papers, as files or as bytes for the preview."""

from dentalsales.exchange.pdf_paper import paper_pdf, papers_pdf, write_paper, write_papers
from dentalsales.exchange.pdf_sheet import sheet_pdf, write_sheet

__all__ = ["paper_pdf", "papers_pdf", "sheet_pdf", "write_paper", "write_papers", "write_sheet"]
