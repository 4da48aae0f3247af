using System.Runtime.CompilerServices;
using FairMedl.Core.Data;

namespace FairMedl.Web.Datasets;

/// <summary>
/// Profiles and guesses of tables, each worked out once however many pages ask for it, and forgotten with its table. On a
/// file of half a million rows they take seconds.
/// </summary>
public sealed class TableProfiles
{
    private readonly ConditionalWeakTable<Table, Looks> looks = [];

    /// <summary>The table's columns looked through.</summary>
    public Task<TableProfile> ProfileAsync(Table table) => looks.GetValue(table, t => new Looks(t)).Profile.Value;

    /// <summary>The table's likely roles.</summary>
    public Task<RoleGuesses> GuessAsync(Table table) => looks.GetValue(table, t => new Looks(t)).Guesses.Value;

    private sealed class Looks(Table table)
    {
        public Lazy<Task<TableProfile>> Profile { get; } = new(() => Task.Run(() => TableProfile.Of(table)));

        public Lazy<Task<RoleGuesses>> Guesses { get; } = new(() => Task.Run(() => RoleGuesses.Of(table)));
    }
}
