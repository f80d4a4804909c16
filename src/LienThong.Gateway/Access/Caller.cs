namespace LienThong.Gateway.Access;

/// <summary>The facilities whose data someone may see and change.</summary>
/// <param name="All">Every facility, also those added later.</param>
/// <param name="Facilities">Facility codes when not <paramref name="All"/>.</param>
public sealed record FacilityScope(bool All, IReadOnlySet<string> Facilities)
{
    /// <summary>Every facility.</summary>
    public static FacilityScope Everything { get; } = new(true, new HashSet<string>(StringComparer.Ordinal));

    /// <summary>Only these facilities.</summary>
    public static FacilityScope Only(params IEnumerable<string> facilities) => new(false, new HashSet<string>(facilities, StringComparer.Ordinal));

    /// <summary>Whether the facility is in scope.</summary>
    public bool Holds(string facility) => All || Facilities.Contains(facility);
}

/// <summary>Who asks: passed to every use case.</summary>
/// <param name="UserId">Stable id of the user or service.</param>
/// <param name="Name">Sign-in name, as written to history and audit.</param>
/// <param name="Permissions">What may be done, as in <see cref="Access.Permissions"/>.</param>
/// <param name="Scope">Where it may be done.</param>
public sealed record Caller(string UserId, string Name, IReadOnlySet<string> Permissions, FacilityScope Scope)
{
    /// <summary>The product acting on its own (workers, command line of the machine's owner): everything, everywhere.</summary>
    public static Caller System(string name = "system") => new(name, name, Access.Permissions.All, FacilityScope.Everything);

    /// <summary>Whether the caller has the permission.</summary>
    public bool May(string permission) => Permissions.Contains(permission);
}
