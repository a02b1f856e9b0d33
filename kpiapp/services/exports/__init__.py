"""Sheets going out: forms, 表10 and 预算绩效管理情况, in files and on pages."""
