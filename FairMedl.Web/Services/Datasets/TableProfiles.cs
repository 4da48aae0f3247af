using System.Runtime.CompilerServices;
using FairMedl.Core.Data.Profiling;
using FairMedl.Core.Data.Roles;
using FairMedl.Core.Data.Tables;

namespace FairMedl.Web.Services.Datasets;

/// <summary>
/// The column profile and the guessed roles of each table in memory, computed once and shared by all pages. They take seconds for
/// half a million rows.
/// </summary>
public sealed class TableProfiles
{
    private readonly ConditionalWeakTable<Table, Entry> entries = [];

    /// <summary>The profile of the table's columns.</summary>
    public Task<TableProfile> ProfileAsync(Table table) => entries.GetValue(table, t => new Entry(t)).Profile.Value;

    /// <summary>The guessed roles of the table's columns.</summary>
    public Task<RoleGuesses> GuessAsync(Table table) => entries.GetValue(table, t => new Entry(t)).Guesses.Value;

    private sealed class Entry(Table table)
    {
        public Lazy<Task<TableProfile>> Profile { get; } = new(() => Task.Run(() => TableProfile.Of(table)));

        public Lazy<Task<RoleGuesses>> Guesses { get; } = new(() => Task.Run(() => RoleGuesses.Of(table)));
    }
}
