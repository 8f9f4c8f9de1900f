CREATE TABLE `cpi_indexes` (
	`quarter` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`entered_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `income_decisions` (
	`portfolio_id` text NOT NULL,
	`code` text NOT NULL,
	`ex_date` text NOT NULL,
	`ordinal` integer NOT NULL,
	`decision` text NOT NULL,
	`entry_id` text,
	`decided_at` integer NOT NULL,
	PRIMARY KEY(`portfolio_id`, `code`, `ex_date`, `ordinal`),
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "income_decisions_decision" CHECK("income_decisions"."decision" IN ('confirmed', 'dismissed'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `market_values` (
	`code` text PRIMARY KEY NOT NULL,
	`price` text NOT NULL,
	`source` text NOT NULL,
	`priced_on` text NOT NULL,
	`stored_at` integer NOT NULL,
	CONSTRAINT "market_values_source" CHECK("market_values"."source" IN ('close', 'user'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `owner_tax_facts` (
	`owner_id` text NOT NULL,
	`financial_year` integer NOT NULL,
	`fact` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`owner_id`, `financial_year`, `fact`),
	FOREIGN KEY (`owner_id`) REFERENCES `owners`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "owner_tax_facts_fact" CHECK("owner_tax_facts"."fact" IN ('losses-brought-in', 'other-income', 'marginal-rate-pct'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `rebalance_targets` (
	`portfolio_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`weight_pct` text NOT NULL,
	`band_pct` text,
	PRIMARY KEY(`portfolio_id`, `kind`, `name`),
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "rebalance_targets_kind" CHECK("rebalance_targets"."kind" IN ('code', 'sector'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `suggestions` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`mode` text NOT NULL,
	`code` text NOT NULL,
	`action` text NOT NULL,
	`units` text NOT NULL,
	`price` text,
	`position` integer NOT NULL,
	`details` text NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`decided_at` integer,
	`entry_id` text,
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "suggestions_action" CHECK("suggestions"."action" IN ('BUY', 'SELL', 'TRIM', 'ADD', 'HOLD')),
	CONSTRAINT "suggestions_status" CHECK("suggestions"."status" IN ('pending', 'executed', 'rejected'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `suggestions_portfolio` ON `suggestions` (`portfolio_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `tax_locks` (
	`owner_id` text NOT NULL,
	`financial_year` integer NOT NULL,
	`report` text NOT NULL,
	`locked_at` integer NOT NULL,
	PRIMARY KEY(`owner_id`, `financial_year`),
	FOREIGN KEY (`owner_id`) REFERENCES `owners`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
