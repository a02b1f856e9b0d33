BEGIN TRANSACTION;
CREATE TABLE attachments (id TEXT NOT NULL PRIMARY KEY, form_id TEXT NOT NULL, indicator_id TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, time TEXT NOT NULL, who TEXT NOT NULL, content BLOB NOT NULL);
INSERT INTO "attachments" VALUES('a1','x-2026-p01','','巡检记录.pdf',4,'9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a','2026-11-21T11:37:56+00:00','甲',X'01020304');
CREATE TABLE choice_items (
	form_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	role TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	option TEXT NOT NULL, 
	text TEXT, 
	PRIMARY KEY (form_id, label, role, position), 
	FOREIGN KEY(form_id, label) REFERENCES choices (form_id, label) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "choice_items" VALUES('x-2026-p01','项目属性','checked',0,'持续性',NULL);
INSERT INTO "choice_items" VALUES('x-2026-p01','项目属性','options',0,'持续性',NULL);
INSERT INTO "choice_items" VALUES('x-2026-p01','项目属性','values',0,'持续性','三年');
CREATE TABLE choices (
	form_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	other TEXT, 
	PRIMARY KEY (form_id, label), 
	FOREIGN KEY(form_id) REFERENCES forms (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "choices" VALUES('x-2026-p01','项目属性',65536,NULL);
CREATE TABLE excuses (
	"key" TEXT NOT NULL, 
	form_id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	who TEXT NOT NULL, 
	time TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "excuses" VALUES('k','x-2026-p01','missing-unit','已报批','甲','2026-11-21T11:37:56+00:00');
CREATE TABLE fields (
	form_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (form_id, label), 
	FOREIGN KEY(form_id) REFERENCES forms (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "fields" VALUES('x-2026-dept','部门(单位)名称',65536,'某中心');
INSERT INTO "fields" VALUES('x-2026-p01','项目名称',65536,'物业后勤保障');
CREATE TABLE forms (
	id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	layout TEXT NOT NULL, 
	title TEXT NOT NULL, 
	filled_on TEXT, 
	amount_unit TEXT NOT NULL, 
	unit_id TEXT, 
	unit_name TEXT, 
	unit_parent TEXT, 
	unit_other TEXT, 
	project_id TEXT, 
	project_code TEXT, 
	project_other TEXT, 
	stage TEXT, 
	revision TEXT, 
	status TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	other TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(unit_id) REFERENCES units (id), 
	FOREIGN KEY(project_id) REFERENCES projects (id)
);
INSERT INTO "forms" VALUES('x-2026-dept',65536,'department',2026,'jiangxia-2026','申报表',NULL,'万元','u1','某中心','u0',NULL,NULL,NULL,NULL,NULL,NULL,'',1,NULL);
INSERT INTO "forms" VALUES('x-2026-p01',131072,'project',2026,'jiangxia-2026','申报表',NULL,'万元','u1','某中心','u0',NULL,'p','01',NULL,'declaration','1','',2,'{"findings": []}');
CREATE TABLE goals (
	form_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	horizon TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	until INTEGER, 
	text TEXT NOT NULL, 
	share TEXT, 
	other TEXT, 
	PRIMARY KEY (form_id, id), 
	FOREIGN KEY(form_id) REFERENCES forms (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "goals" VALUES('x-2026-dept','g1',65536,'annual',1,'年度目标',NULL,'目标',NULL,NULL);
INSERT INTO "goals" VALUES('x-2026-p01','g1',65536,'annual',1,'年度目标',NULL,'目标',NULL,NULL);
CREATE TABLE indicator_values (
	form_id TEXT NOT NULL, 
	indicator_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (form_id, indicator_id, label), 
	FOREIGN KEY(form_id, indicator_id) REFERENCES indicators (form_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "indicator_values" VALUES('x-2026-p01','i1','计量单位',65536,'次/日');
CREATE TABLE indicators (
	form_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	horizon TEXT NOT NULL, 
	goal INTEGER NOT NULL, 
	level1 TEXT NOT NULL, 
	level2 TEXT NOT NULL, 
	level3 TEXT NOT NULL, 
	target TEXT NOT NULL, 
	prior2 TEXT, 
	prior1 TEXT, 
	long_term_target TEXT, 
	standard TEXT NOT NULL, 
	note TEXT NOT NULL, 
	weight TEXT, 
	direction TEXT, 
	other TEXT, 
	PRIMARY KEY (form_id, id), 
	FOREIGN KEY(form_id) REFERENCES forms (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "indicators" VALUES('x-2026-dept','i1',65536,'annual',1,'产出指标','数量指标','次数','≥3次',NULL,'',NULL,'','',NULL,NULL,NULL);
INSERT INTO "indicators" VALUES('x-2026-p01','i1',65536,'annual',1,'产出指标','数量指标','巡逻次数','≥3次/日',NULL,'',NULL,'','','10',NULL,'{"x1": 1}');
INSERT INTO "indicators" VALUES('x-2026-p01','i2',131072,'annual',1,'产出指标','数量指标','完好率','≥95%',NULL,'',NULL,'','',NULL,NULL,NULL);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema_version','2');
INSERT INTO "meta" VALUES('name','试库');
CREATE TABLE notes (
	form_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (form_id, position), 
	FOREIGN KEY(form_id) REFERENCES forms (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "notes" VALUES('x-2026-dept',0,'备注');
INSERT INTO "notes" VALUES('x-2026-p01',0,'备注');
CREATE TABLE project_list_cells (
	list_id TEXT NOT NULL, 
	"row" INTEGER NOT NULL, 
	"column" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (list_id, "row", "column"), 
	FOREIGN KEY(list_id) REFERENCES project_lists (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "project_list_cells" VALUES('l',0,0,'项目名称');
INSERT INTO "project_list_cells" VALUES('l',0,1,'金额');
INSERT INTO "project_list_cells" VALUES('l',1,0,'物业后勤保障');
INSERT INTO "project_list_cells" VALUES('l',1,1,'9.52');
CREATE TABLE project_lists (
	id TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	layout TEXT NOT NULL, 
	title TEXT NOT NULL, 
	amount_unit TEXT NOT NULL, 
	other TEXT, 
	PRIMARY KEY (id)
);
INSERT INTO "project_lists" VALUES('l',2026,'','项目支出表','万元',NULL);
CREATE TABLE projects (
	id TEXT NOT NULL, 
	unit_id TEXT, 
	code TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "projects" VALUES('p','u1','01');
CREATE TABLE settings (
	"key" TEXT NOT NULL, 
	value TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "settings" VALUES('rules_off','["missing-operator"]');
CREATE TABLE step_edits (
	step_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	form_id TEXT, 
	edit TEXT NOT NULL, 
	inverse TEXT NOT NULL, 
	PRIMARY KEY (step_id, position), 
	FOREIGN KEY(step_id) REFERENCES steps (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "step_edits" VALUES(1,0,'x-2026-dept','{"op": "AddForm", "form": {"id": "x-2026-dept", "layout": "jiangxia-2026", "kind": "department", "year": 2026, "title": "申报表", "filled_on": null, "amount_unit": "万元", "fields": {"部门(单位)名称": "某中心"}, "choices": {}, "tables": {}, "goals": [{"id": "g1", "horizon": "annual", "number": 1, "label": "年度目标", "until": null, "text": "目标"}], "indicators": [{"id": "i1", "horizon": "annual", "goal": 1, "level1": "产出指标", "level2": "数量指标", "level3": "次数", "target": "≥3次", "prior2": null, "prior1": "", "long_term_target": null, "standard": "", "note": ""}], "notes": ["备注"], "unit": {"id": "u1", "name": "某中心", "parent": "u0"}}, "position": null}','{"op": "RemoveForm"}');
INSERT INTO "step_edits" VALUES(1,1,'x-2026-p01','{"op": "AddForm", "form": {"id": "x-2026-p01", "layout": "jiangxia-2026", "kind": "project", "year": 2026, "title": "申报表", "filled_on": null, "amount_unit": "万元", "fields": {"项目名称": "物业后勤保障"}, "choices": {"项目属性": {"options": ["持续性"], "checked": ["持续性"], "values": {"持续性": "三年"}}}, "tables": {"资金": {"columns": ["来源", "金额"], "rows": [{"id": "356a17df61964f9d9aa63115f89a8d6c", "cells": ["合计", "9.52"]}]}}, "goals": [{"id": "g1", "horizon": "annual", "number": 1, "label": "年度目标", "until": null, "text": "目标"}], "indicators": [{"id": "i1", "horizon": "annual", "goal": 1, "level1": "产出指标", "level2": "数量指标", "level3": "巡逻次数", "target": "≥3次", "prior2": null, "prior1": "", "long_term_target": null, "standard": "", "note": "", "weight": 10, "extra": {"计量单位": "次/日"}, "x1": 1}, {"id": "i2", "horizon": "annual", "goal": 1, "level1": "产出指标", "level2": "数量指标", "level3": "完好率", "target": "≥95%", "prior2": null, "prior1": "", "long_term_target": null, "standard": "", "note": ""}], "notes": ["备注"], "unit": {"id": "u1", "name": "某中心", "parent": "u0"}, "project": {"id": "p", "code": "01"}, "stage": "declaration", "revision": 1, "findings": []}, "position": null}','{"op": "RemoveForm"}');
INSERT INTO "step_edits" VALUES(1,2,NULL,'{"op": "PutProjectList", "id": "l", "list": {"id": "l", "kind": "project_list", "layout": "", "year": 2026, "title": "项目支出表", "amount_unit": "万元", "columns": ["项目名称", "金额"], "rows": [["物业后勤保障", "9.52"]]}}','{"op": "PutProjectList", "id": "l", "list": null}');
INSERT INTO "step_edits" VALUES(2,0,'x-2026-p01','{"op": "SetValue", "path": ["indicators", "i1", "target"], "value": "≥3次/日"}','{"op": "SetValue", "path": ["indicators", "i1", "target"], "value": "≥3次"}');
CREATE TABLE steps (
	id INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	time TEXT NOT NULL, 
	who TEXT NOT NULL, 
	undone BOOLEAN NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "steps" VALUES(1,'导入','2026-11-21T11:37:56+00:00','甲',0);
INSERT INTO "steps" VALUES(2,'修改指标值','2026-11-21T11:37:56+00:00','甲',0);
CREATE TABLE table_cells (
	form_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	"column" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (form_id, label, row_id, "column"), 
	FOREIGN KEY(form_id, label, row_id) REFERENCES table_rows (form_id, label, id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "table_cells" VALUES('x-2026-p01','资金','356a17df61964f9d9aa63115f89a8d6c',0,'合计');
INSERT INTO "table_cells" VALUES('x-2026-p01','资金','356a17df61964f9d9aa63115f89a8d6c',1,'9.52');
CREATE TABLE table_columns (
	form_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (form_id, label, position), 
	FOREIGN KEY(form_id, label) REFERENCES tables (form_id, label) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "table_columns" VALUES('x-2026-p01','资金',0,'来源');
INSERT INTO "table_columns" VALUES('x-2026-p01','资金',1,'金额');
CREATE TABLE table_rows (
	form_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (form_id, label, id), 
	FOREIGN KEY(form_id, label) REFERENCES tables (form_id, label) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "table_rows" VALUES('x-2026-p01','资金','356a17df61964f9d9aa63115f89a8d6c',65536);
CREATE TABLE tables (
	form_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	other TEXT, 
	PRIMARY KEY (form_id, label), 
	FOREIGN KEY(form_id) REFERENCES forms (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "tables" VALUES('x-2026-p01','资金',65536,NULL);
CREATE TABLE units (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	parent_id TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(parent_id) REFERENCES units (id)
);
INSERT INTO "units" VALUES('u0','',NULL);
INSERT INTO "units" VALUES('u1','某中心','u0');
CREATE INDEX ix_project_lists_year ON project_lists (year);
CREATE INDEX ix_excuses_form_id ON excuses (form_id);
CREATE INDEX ix_forms_unit_id ON forms (unit_id);
CREATE INDEX forms_by_year ON forms (year, kind, position);
CREATE INDEX ix_forms_project_id ON forms (project_id);
CREATE INDEX ix_attachments_form_id ON attachments (form_id);
COMMIT;
