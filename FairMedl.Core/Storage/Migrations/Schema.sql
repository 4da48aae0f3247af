CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

CREATE TABLE "Datasets" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Datasets" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "File" TEXT NOT NULL,
    "Options" TEXT NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "Rows" INTEGER NOT NULL,
    "Columns" INTEGER NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "AddedAt" INTEGER NOT NULL,
    "IsSample" INTEGER NOT NULL
);

CREATE TABLE "Studies" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Studies" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "DatasetId" INTEGER NOT NULL,
    "Definition" TEXT NOT NULL,
    "DefinitionHash" TEXT NOT NULL,
    "QueuedAt" INTEGER NOT NULL,
    "FinishedAt" INTEGER NULL,
    CONSTRAINT "FK_Studies_Datasets_DatasetId" FOREIGN KEY ("DatasetId") REFERENCES "Datasets" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Fits" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Fits" PRIMARY KEY AUTOINCREMENT,
    "StudyId" INTEGER NOT NULL,
    "Position" INTEGER NOT NULL,
    "Model" TEXT NOT NULL,
    "Seed" INTEGER NOT NULL,
    "Fold" INTEGER NOT NULL,
    "Epochs" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "Attempt" INTEGER NOT NULL,
    "Interruptions" INTEGER NOT NULL,
    "Error" TEXT NULL,
    "StartedAt" INTEGER NULL,
    "FinishedAt" INTEGER NULL,
    "LastLosses" TEXT NULL,
    CONSTRAINT "FK_Fits_Studies_StudyId" FOREIGN KEY ("StudyId") REFERENCES "Studies" ("Id") ON DELETE CASCADE
);

CREATE TABLE "FitResults" (
    "FitId" INTEGER NOT NULL CONSTRAINT "PK_FitResults" PRIMARY KEY,
    "Attempt" INTEGER NOT NULL,
    "Content" BLOB NOT NULL,
    CONSTRAINT "FK_FitResults_Fits_FitId" FOREIGN KEY ("FitId") REFERENCES "Fits" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_Datasets_Fingerprint" ON "Datasets" ("Fingerprint");

CREATE INDEX "IX_Fits_State" ON "Fits" ("State");

CREATE UNIQUE INDEX "IX_Fits_StudyId_Position" ON "Fits" ("StudyId", "Position");

CREATE INDEX "IX_Studies_DatasetId" ON "Studies" ("DatasetId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122094647_Initial', '10.0.15');

CREATE TABLE "TrainedModels" (
    "FitId" INTEGER NOT NULL CONSTRAINT "PK_TrainedModels" PRIMARY KEY,
    "Attempt" INTEGER NOT NULL,
    "Content" BLOB NOT NULL,
    CONSTRAINT "FK_TrainedModels_Fits_FitId" FOREIGN KEY ("FitId") REFERENCES "Fits" ("Id") ON DELETE CASCADE
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122123500_TrainedModels', '10.0.15');

ALTER TABLE "Studies" ADD "Priority" INTEGER NOT NULL DEFAULT 0;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122133000_StudyPriority', '10.0.15');

ALTER TABLE "Studies" ADD "ReportDetails" TEXT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127203410_ReportDetails', '10.0.15');

ALTER TABLE "Studies" ADD "ComputeDevice" TEXT NULL;

ALTER TABLE "Studies" ADD "ComputeEngine" TEXT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128001646_StudyCompute', '10.0.15');
