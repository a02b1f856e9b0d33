"""Rules of the family fields: labelled cells, boxes and headings."""
