# One command each. `make setup` is fast when nothing is left to do, so every target may lean on it.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: setup run demo test bench faults corpus lint format package clean help

help:
	@echo "make setup    建立 .venv，装好依赖和中文字体等系统包"
	@echo "make run      打开窗口        make demo    不需要屏幕的演示，结果在 out/"
	@echo "make test     全部测试        make lint    ruff 与 mypy"
	@echo "make bench    性能比值        make corpus  检查规则的准确率"
	@echo "make faults   坏文件、杀进程测试      make package 安装包（dist/）"

setup: $(READY)

# The lock files and the package list decide; touching one of them sets up again.
$(READY): requirements.lock requirements-dev.lock tools/system_packages.sh tools/make_venv.sh
	@bash tools/system_packages.sh
	@PYTHON=$(PYTHON) VENV=$(VENV) bash tools/make_venv.sh
	@touch $(READY)

run: setup
	$(BIN)/python main.py

demo: setup
	$(BIN)/python main.py demo

test: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 -q

bench: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python tools/bench.py

faults: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python tools/faults.py

corpus: setup
	$(BIN)/python tools/corpus.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

package: setup
	@PYTHON=$(BIN)/python bash tools/system_packages.sh package
	$(BIN)/python -m pip install --quiet -r installer/requirements.lock
	$(BIN)/python installer/build.py

clean:
	rm -rf $(VENV) out build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
