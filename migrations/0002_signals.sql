CREATE TABLE `company_facts` (
	`code` text NOT NULL,
	`seen_at` integer NOT NULL,
	`shape` text NOT NULL,
	`facts` text NOT NULL,
	PRIMARY KEY(`code`, `seen_at`),
	CONSTRAINT "company_facts_shape" CHECK("company_facts"."shape" IN ('company', 'fund', 'empty'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `drift_readings` (
	`run_id` text NOT NULL,
	`model` text NOT NULL,
	`input` text NOT NULL,
	`psi` real,
	`usual` real,
	`drifting` integer NOT NULL,
	`securities` integer NOT NULL,
	`details` text NOT NULL,
	PRIMARY KEY(`run_id`, `model`, `input`),
	FOREIGN KEY (`run_id`) REFERENCES `signal_runs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "drift_readings_model" CHECK("drift_readings"."model" IN ('A', 'B')),
	CONSTRAINT "drift_readings_drifting" CHECK("drift_readings"."drifting" IN (0, 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `fundamentals_fetches` (
	`code` text PRIMARY KEY NOT NULL,
	`fetched_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `index_members` (
	`index_code` text NOT NULL,
	`code` text NOT NULL,
	`seen_at` integer NOT NULL,
	`left_at` integer,
	PRIMARY KEY(`index_code`, `code`, `seen_at`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `models` (
	`version` text PRIMARY KEY NOT NULL,
	`trained_through` text NOT NULL,
	`created_at` integer NOT NULL,
	`details` text NOT NULL,
	`trees` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `signal_features` (
	`as_of` text NOT NULL,
	`version` text NOT NULL,
	`code` text NOT NULL,
	`features` text NOT NULL,
	PRIMARY KEY(`as_of`, `version`, `code`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `signal_ranks` (
	`as_of` text NOT NULL,
	`version` text NOT NULL,
	`rank` integer NOT NULL,
	`code` text NOT NULL,
	`score` real NOT NULL,
	`weight` real NOT NULL,
	`details` text NOT NULL,
	PRIMARY KEY(`as_of`, `version`, `rank`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `signal_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`as_of` text NOT NULL,
	`universe` text NOT NULL,
	`version` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer NOT NULL,
	`details` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `signal_runs_as_of` ON `signal_runs` (`as_of`);--> statement-breakpoint
CREATE TABLE `signals` (
	`as_of` text NOT NULL,
	`model` text NOT NULL,
	`version` text NOT NULL,
	`code` text NOT NULL,
	`run_id` text NOT NULL,
	`signal` text,
	`abstained` text,
	`score` real,
	`expected_return` real,
	`rank` integer,
	`details` text NOT NULL,
	PRIMARY KEY(`as_of`, `model`, `version`, `code`),
	FOREIGN KEY (`run_id`) REFERENCES `signal_runs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "signals_model" CHECK("signals"."model" IN ('A', 'B', 'ensemble')),
	CONSTRAINT "signals_signal" CHECK("signals"."signal" IN ('STRONG_BUY', 'BUY', 'HOLD', 'SELL', 'STRONG_SELL')),
	CONSTRAINT "signals_abstained" CHECK(("signals"."signal" IS NULL) = ("signals"."abstained" IS NOT NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `signals_code` ON `signals` (`code`,`model`,`as_of`);--> statement-breakpoint
CREATE TABLE `statements` (
	`code` text NOT NULL,
	`statement` text NOT NULL,
	`period` text NOT NULL,
	`ends_on` text NOT NULL,
	`seen_at` integer NOT NULL,
	`filed_on` text,
	`currency` text,
	`figures` text NOT NULL,
	PRIMARY KEY(`code`, `statement`, `period`, `ends_on`, `seen_at`),
	CONSTRAINT "statements_statement" CHECK("statements"."statement" IN ('income', 'balance', 'cash-flow')),
	CONSTRAINT "statements_period" CHECK("statements"."period" IN ('year', 'quarter'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER `signals_no_update` BEFORE UPDATE ON `signals` BEGIN
	SELECT RAISE(ABORT, 'signals are only ever added');
END;
--> statement-breakpoint
CREATE TRIGGER `signals_no_delete` BEFORE DELETE ON `signals` BEGIN
	SELECT RAISE(ABORT, 'signals are only ever added');
END;
