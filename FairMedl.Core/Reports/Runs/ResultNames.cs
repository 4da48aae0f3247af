using FairMedl.Core.Fits;
using FairMedl.Core.Studies.Gathering;

namespace FairMedl.Core.Reports.Runs;

/// <summary>Names of heads, splits and models: ids in files, names on pages and in reports.</summary>
public static class ResultNames
{
    /// <summary>"fe" or "me".</summary>
    public static string Id(Head head) => head switch { Head.FixedEffects => "fe", Head.MixedEffects => "me" };

    /// <summary>"FE" or "ME".</summary>
    public static string Short(Head head) => head switch { Head.FixedEffects => "FE", Head.MixedEffects => "ME" };

    /// <summary>"fixed effects" or "mixed effects".</summary>
    public static string Long(Head head) => head switch { Head.FixedEffects => "fixed effects", Head.MixedEffects => "mixed effects" };

    /// <summary>"seen" or "unseen".</summary>
    public static string Id(Split split) => split switch { Split.Seen => "seen", Split.Unseen => "unseen" };

    /// <summary>"seen clusters" or "unseen clusters".</summary>
    public static string Long(Split split) => split switch { Split.Seen => "seen clusters", Split.Unseen => "unseen clusters" };

    /// <summary>A model's name, such as "Fair(ADB) MEDL"; its id where the catalogue does not have it.</summary>
    public static string Model(string model) => ModelCatalogue.Find(model)?.Name ?? model;

    /// <summary>A model's name with the head where it has both.</summary>
    public static string Model(string model, Head head) =>
        ModelCatalogue.Find(model) is { RandomEffects: true } ? $"{Model(model)} ({Short(head)})" : Model(model);
}
