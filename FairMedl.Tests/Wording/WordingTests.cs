using System.Text.RegularExpressions;
using Xunit;

namespace FairMedl.Tests.Wording;

/// <summary>Pages, messages, reports and documentation use the terms of the field (docs/writing.md).</summary>
public sealed class WordingTests
{
    /// <summary>Folders whose texts are not checked yet.</summary>
    private static readonly string[] Exempt =
    [
        "FairMedl.Web/Compare/", "FairMedl.Web/Results/",
    ];

    [Fact]
    public void UserText_ContainsNoBannedWord()
    {
        List<string> found = [];
        foreach (string path in Files())
        {
            foreach ((int line, string text) in UserText.Of(path, File.ReadAllText(Path.Combine(SharedData.Repository, path))))
            {
                foreach (BannedWord word in BannedWord.All)
                    if (word.FindIn(text) is { } match) found.Add($"{path}:{line}: \"{match}\". Say instead: {word.Instead}. In: {text.Trim()}");
            }
        }

        Assert.True(found.Count == 0, $"{found.Count} banned words:{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }

    [Fact]
    public void UserText_WritesPercentWithoutASpace()
    {
        string[] found =
        [
            .. from path in Files()
               from passage in UserText.Of(path, File.ReadAllText(Path.Combine(SharedData.Repository, path)))
               where Regex.IsMatch(passage.Text, @"[\d}] %")
               select $"{path}:{passage.Line}: {passage.Text.Trim()}",
        ];
        Assert.True(found.Length == 0, $"Write 24%, not 24 %:{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }

    [Theory]
    [InlineData("Fix this. // mend\nvar a = \"Mend it, then queue again.\";", "mend", 2)]
    [InlineData("var a = $\"{b(\"x y\")} was swapped.\";", "swap(s|ped|ping)?", 1)]
    [InlineData("var a = \"\"\"\n  brackets { and \" quotes\n  \"\"\" + \" told apart\";", "told apart", 3)]
    [InlineData("var a = '\"'; var b = @\"a \"; var c = \"\\\" mend\";", "mend", 1)]
    public void CodeStrings_OfSource_AreItsLiterals(string source, string pattern, int line)
    {
        var word = new BannedWord(pattern, "");
        Assert.Equal(line, Assert.Single(CodeStrings.Of(source), s => word.FindIn(s.Text) is not null).Line);
    }

    [Fact]
    public void Markup_NamesAreNotText()
    {
        const string Razor = "<p id=\"swap\" data-testid=\"swap-age\" title=\"swap\">@* mend *@ Fine @View.Swap</p>\n<p>To mend</p>";
        var swap = new BannedWord("swap", "");
        Assert.Equal([1], UserText.Of("a.razor", Razor).Where(t => swap.FindIn(t.Text) is not null).Select(t => t.Line));
        Assert.Equal([2], UserText.Of("a.razor", Razor).Where(t => new BannedWord("mend", "").FindIn(t.Text) is not null).Select(t => t.Line));
    }

    private static IEnumerable<string> Files() =>
        from root in new[] { "FairMedl.Core", "FairMedl.Web", "docs", "samples", "benchmarks", "README.md" }
        let full = Path.Combine(SharedData.Repository, root)
        from file in File.Exists(full) ? [full] : Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(SharedData.Repository, file).Replace('\\', '/')
        where Path.GetExtension(path) is ".cs" or ".razor" or ".md"
        where !Regex.IsMatch(path, "/(bin|obj|Migrations|results)/") && !(path.StartsWith("benchmarks/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
        where !Exempt.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))
        orderby path
        select path;
}
