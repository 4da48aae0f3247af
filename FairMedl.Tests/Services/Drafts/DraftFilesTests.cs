using System.Text.Json;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Storage;
using FairMedl.Core.Studies.Definition;
using FairMedl.Tests.Storage;
using FairMedl.Web.Services.Drafts;
using FairMedl.Web.Studies.NewStudy;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FairMedl.Tests.Services.Drafts;

public sealed class DraftFilesTests : IDisposable
{
    private readonly StorageFolder folder = new(TemporaryStorage.NewPath());

    [Fact]
    public async Task Find_AfterARestart_ReturnsRolesDefinitionAndForms()
    {
        StudyDefinition definition = Definition();
        StudyForm form = Form();
        form.StartFrom(definition);
        form.FoldsText = "many";
        using (DraftFiles before = Open())
        {
            await before.ChangeAsync(3, draft => draft.WithDefinition(definition));
            await before.ChangeAsync(3, draft => draft with { EditedRoles = Roles("") });
            await before.ChangeAsync(3, draft => draft.WithForm(StudyFormDraft.Key(null), form.ToDraft()));
        }

        using DraftFiles after = Open();
        DatasetDraft found = await after.FindAsync(3);

        Assert.Equal(StudyJson.Hash(definition), StudyJson.Hash(found.LoadedDefinition!));
        Assert.Equal("hired", found.Roles!.Target.Column);
        Assert.Equal("", found.CurrentRoles!.Target.Column);
        StudyForm restored = Form();
        restored.Restore(found.StudyForms["new"]);
        Assert.True(restored.ToDraft().IsSameAs(form.ToDraft()));
        Assert.Equal("many", restored.FoldsText);
        restored.Folds = form.Folds = 10;
        Assert.Equal(StudyJson.Hash(form.Build(Roles())), StudyJson.Hash(restored.Build(Roles())));
        Assert.Equal("0.25", restored.Build(Roles()).Models.Single(m => m.Model == "medl").Settings!["lambdaMe"].ToString());
        Assert.Same(DatasetDraft.Empty, await after.FindAsync(4));
    }

    [Fact]
    public async Task Change_Concurrently_LosesNone()
    {
        using DraftFiles drafts = Open();

        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => drafts.ChangeAsync(1, draft => draft.WithForm(StudyFormDraft.Key(i), Form().ToDraft()))));

        using DraftFiles after = Open();
        Assert.Equal(20, (await after.FindAsync(1)).StudyForms.Count);
    }

    [Fact]
    public async Task Find_WithADamagedFile_ReturnsAnEmptyDraftThatCanBeReplaced()
    {
        string path = folder.Resolve("drafts/1.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, """{"roles": 5}""");
        using DraftFiles drafts = Open();

        Assert.Null((await drafts.FindAsync(1)).Roles);
        await drafts.ChangeAsync(1, draft => draft.WithRoles(Roles()));

        using DraftFiles after = Open();
        Assert.Equal("hired", (await after.FindAsync(1)).Roles!.Target.Column);
    }

    [Fact]
    public async Task Remove_DeletesTheFile()
    {
        using DraftFiles drafts = Open();
        await drafts.ChangeAsync(1, draft => draft.WithRoles(Roles()));
        Assert.True(File.Exists(folder.Resolve("drafts/1.json")));

        await drafts.RemoveAsync(1);

        Assert.False(File.Exists(folder.Resolve("drafts/1.json")));
        Assert.Null((await drafts.FindAsync(1)).Roles);
    }

    public void Dispose()
    {
        if (Directory.Exists(folder.FullPath)) Directory.Delete(folder.FullPath, recursive: true);
    }

    private DraftFiles Open() => new(folder, NullLogger<DraftFiles>.Instance);

    private static StudyForm Form() => new(id => Preset.Find(id) is { } preset ? (preset.Model, preset.Training) : (Preset.Paper.Model, Preset.Paper.Training)) { Name = "mine" };

    private static DataSpecification Roles(string target = "hired") => new()
    {
        Target = new TargetSpecification(target, PredictionTask.Classification, ["yes"]),
        Cluster = new ClusterSpecification("site", Seen: 4),
        Sensitive = [new SensitiveSpecification("age", [40])],
        Features = ["score"],
    };

    private static StudyDefinition Definition() => new()
    {
        Name = "mine",
        Data = Roles(),
        Protocol = new ProtocolSpecification { Folds = 10, FoldsToRun = 3, Seeds = [4, 8] },
        Settings = new Dictionary<string, JsonElement> { ["epochs"] = JsonSerializer.SerializeToElement(7) },
        Models = [new("medl", new Dictionary<string, JsonElement> { ["lambdaMe"] = JsonSerializer.SerializeToElement(0.25) }), new("nnet")],
    };
}
