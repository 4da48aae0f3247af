using System.Globalization;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Reports.Document;
using FairMedl.Core.Reports.Writers;
using FairMedl.Core.Studies.Definition;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Tests.Web.Results;
using Xunit;

namespace FairMedl.Tests.Reports.Document;

/// <summary>The report as Chromium prints it.</summary>
public sealed class PrintedReportTests
{
    private const int MostPages = 12;

    [PrintingFact]
    public void Report_OfThreeModels_PrintsOnTwelvePagesOrFewer()
    {
        StudyReport report = StudyReport.Of(SampleResults.Create()).Only(StudyReport.MainParts);
        Assert.Equal(3, SampleResults.Definition().Models.Count);
        (int pages, string text) = Print(report);
        Assert.InRange(pages, 4, MostPages);
        // Page numbers and the running title, which the first page leaves out.
        Assert.Contains($"Page {pages} of {pages}", text, StringComparison.Ordinal);
        Assert.Equal(pages, text.Split("FairMedl fairness report").Length);
    }

    [PrintingFact]
    public void Summary_OfFourModelsAndAttributes_IsOnePage()
    {
        (int pages, string text) = Print(StudyReport.Of(FourModels()).Only(new HashSet<ReportPart> { ReportPart.Summary }));

        string[] sheets = text.Split('\f');
        Assert.Contains("Summary", sheets[1], StringComparison.Ordinal);
        Assert.Contains("Models at a glance", sheets[1], StringComparison.Ordinal);
        Assert.Contains("Settings and hashes", sheets[2], StringComparison.Ordinal);
        Assert.Equal(3, pages);
    }

    /// <summary>The sample study with a fourth model and four attributes.</summary>
    private static StudyResults FourModels()
    {
        StudyResults study = SampleResults.Create();
        string[] names = ["age", "race", "marital-status", "sex"];
        AuditResult[] audits =
        [
            .. study.Audits.Concat(study.Audits.Where(a => a.Model == "nnet").Select(a => a with { Model = "da" })).Select(a => a with
            {
                Audit = a.Audit with { Attributes = [.. names.Select((n, i) => a.Audit.Attributes[i % 2] with { Attribute = n })] },
            }),
        ];
        StudyDefinition definition = study.Header.Definition;
        DataSpecification data = definition.Data with { Sensitive = [.. names.Select(n => new SensitiveSpecification(n))] };
        ModelRequest[] models = [.. definition.Models, new ModelRequest("da")];
        return study with { Audits = audits, Header = study.Header with { Definition = definition with { Data = data, Models = models } } };
    }

    [PrintingFact]
    public void Report_WithItsAppendix_HasMorePages()
    {
        StudyReport whole = StudyReport.Of(SampleResults.Create());
        Assert.True(Print(whole).Pages > Print(whole.Only(StudyReport.MainParts)).Pages);
    }

    private static (int Pages, string Text) Print(StudyReport report)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fairmedl");
        try
        {
            string page = Path.Combine(folder.FullName, "report.html"), pdf = Path.Combine(folder.FullName, "report.pdf");
            File.WriteAllText(page, ReportHtml.Of(report));
            string[] arguments =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                $"--user-data-dir={Path.Combine(folder.FullName, "profile")}", "--no-pdf-header-footer", $"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri,
            ];
            (int exit, string output) = ProgramFactAttribute.Run("chromium", arguments);
            Assert.True(exit == 0 && File.Exists(pdf), output);
            string pages = ProgramFactAttribute.Run("pdfinfo", [pdf]).Output.Split('\n').Single(l => l.StartsWith("Pages:", StringComparison.Ordinal));
            return (int.Parse(pages["Pages:".Length..].Trim(), CultureInfo.InvariantCulture), ProgramFactAttribute.Run("pdftotext", ["-layout", pdf, "-"]).Output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A test that prints with Chromium and reads the result with Poppler's tools; skipped, with the reason, where one is missing.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PrintingFactAttribute : FactAttribute
    {
        public PrintingFactAttribute()
        {
            foreach ((string program, string probe) in new[] { ("chromium", "--version"), ("pdfinfo", "-v"), ("pdftotext", "-v") })
            {
                try
                {
                    if (ProgramFactAttribute.Run(program, [probe]).Exit != 0) Skip = $"needs {program}";
                }
                catch (System.ComponentModel.Win32Exception)
                {
                    Skip = $"needs {program}";
                }
            }
        }
    }
}
