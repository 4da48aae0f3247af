using FairMedl.Core.Data.Roles;

namespace FairMedl.Web.Roles.Groups;

/// <summary>A group's size, as a row of the table of group sizes.</summary>
/// <param name="Name">The group, or the intersection's groups.</param>
/// <param name="Seen">Its rows in seen clusters.</param>
/// <param name="UnseenN">Its rows in unseen clusters.</param>
public sealed record GroupSize(string Name, GroupCount Seen, int UnseenN)
{
    /// <summary>Why the group's rates are uncertain; null where it is large enough.</summary>
    public string? Warning => SmallGroup.Warning(Seen);

    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<GroupSize> Of(GroupTable seen, GroupTable? unseen) =>
        [.. seen.Rows.Select((group, i) => new GroupSize(string.Join(" × ", group.Groups), group, unseen?.Rows[i].N ?? 0))];
}
