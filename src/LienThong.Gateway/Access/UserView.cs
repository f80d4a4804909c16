using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Access;

/// <summary>A user as shown to people who manage users.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Sign-in name, lower case.</param>
/// <param name="DisplayName">Name shown on pages.</param>
/// <param name="Roles">Roles, as in <see cref="Access.Roles"/>.</param>
/// <param name="AllFacilities">Sees every facility.</param>
/// <param name="Facilities">Facilities otherwise.</param>
/// <param name="Disabled">May not sign in.</param>
/// <param name="Source"><c>local</c>, or <c>directory</c> for users whose password is checked by the hospital's directory.</param>
/// <param name="SecondFactor">Whether a code is asked for at sign-in.</param>
/// <param name="MustChangePassword">Whether the password has to be changed at the next sign-in.</param>
/// <param name="LockedUntil">Until when wrong tries keep the user out; null when they don't.</param>
/// <param name="SignedInAt">Last sign-in; null before the first.</param>
public sealed record UserView(
    string Id, string Name, string DisplayName, IReadOnlyList<string> Roles, bool AllFacilities, IReadOnlyList<string> Facilities, bool Disabled,
    string Source, bool SecondFactor, bool MustChangePassword, DateTimeOffset? LockedUntil, DateTimeOffset? SignedInAt)
{
    internal static UserView Of(UserRow row, IReadOnlyList<string> roles, IReadOnlyList<string> facilities, long now) => new(
        row.UserId, row.Name, row.DisplayName, roles, row.AllFacilities != 0, facilities, row.Disabled != 0, row.Source, row.TotpSince is not null,
        row.MustChange != 0, row.LockedUntil > now ? ListRow.Utc(row.LockedUntil.Value) : null, row.SignedInAt is { } at ? ListRow.Utc(at) : null);
}

/// <summary>A user to be made.</summary>
/// <param name="Name">Sign-in name: 1–100 letters without marks, digits, and <c>. _ - @</c>; stored lower case.</param>
/// <param name="DisplayName">Name shown on pages, 1–200 characters.</param>
/// <param name="Password">First password; null for a random one, which is told once.</param>
/// <param name="Roles">Roles, as in <see cref="Access.Roles"/>.</param>
/// <param name="Scope">Facilities.</param>
/// <param name="MustChange">Whether it has to be changed at the first sign-in.</param>
public sealed record UserDraft(string Name, string DisplayName, string? Password, IReadOnlyList<string> Roles, FacilityScope Scope, bool MustChange = true);

/// <summary>A session or bearer token, without the token.</summary>
/// <param name="Id">Stable id: the SHA-256 of the token, from which the token can't be found.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="UserName">Sign-in name of that user.</param>
/// <param name="Label">What a bearer token is for; empty for sessions.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastSeenAt">Last request, within a minute; null when there was none.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Address">Address of the sign-in; of bearer tokens the last one seen.</param>
/// <param name="Device">Browser and system of the sign-in.</param>
/// <param name="IssuedBy">Who issued a bearer token; empty for sessions.</param>
/// <param name="Permissions">What a bearer token is limited to; null for all its user may.</param>
/// <param name="Facilities">Facilities a bearer token is limited to; null for all of its user.</param>
public sealed record TokenView(
    string Id, string UserId, string UserName, string Label, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt, DateTimeOffset ExpiresAt,
    string Address, string Device, string IssuedBy, IReadOnlyList<string>? Permissions, IReadOnlyList<string>? Facilities);

/// <summary>Where a sign-in comes from.</summary>
/// <param name="Address">Address of the browser.</param>
/// <param name="Agent">What it says of itself.</param>
public readonly record struct SignInOrigin(string Address, string Agent)
{
    /// <summary>Browser and system in a few words; the rest of what browsers say is of no use to people.</summary>
    public string Device
    {
        get
        {
            string agent = Agent ?? "";
            string system = First(agent, ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"), ("Linux", "Linux"));
            string browser = First(agent, ("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"));
            return (browser, system) switch { ("", "") => agent.Length == 0 ? "" : "Chương trình khác", ("", _) => system, (_, "") => browser, _ => $"{browser} trên {system}" };
        }
    }

    private static string First(string agent, params ReadOnlySpan<(string Mark, string Name)> known)
    {
        foreach ((string mark, string name) in known)
        {
            if (agent.Contains(mark, StringComparison.OrdinalIgnoreCase))
                return name;
        }
        return "";
    }
}
