namespace LienThong.Gateway.Access;

/// <summary>
/// How far somebody who manages users reaches: only into facilities of their own, and never to more than they may themselves. Whoever could set the
/// password of a stronger user, or make one, would be that user.
/// </summary>
internal static class Reach
{
    /// <summary>Whether the user exists for the caller at all: every facility of theirs is one of the caller's.</summary>
    public static bool Sees(Caller by, bool allFacilities, IReadOnlyCollection<string> facilities) =>
        by.Scope.All || (!allFacilities && facilities.Count > 0 && facilities.All(by.Scope.Holds));

    /// <summary>Whether a user with these roles and facilities may be made or changed by the caller.</summary>
    public static bool Covers(Caller by, IEnumerable<string> roles, bool allFacilities, IReadOnlyCollection<string> facilities) =>
        Sees(by, allFacilities, facilities) && Roles.PermissionsOf(roles).IsSubsetOf(by.Permissions);

    /// <summary>Roles the caller may give.</summary>
    public static IEnumerable<string> RolesOf(Caller by) => Roles.Table.Where(r => r.Value.IsSubsetOf(by.Permissions)).Select(r => r.Key);
}
