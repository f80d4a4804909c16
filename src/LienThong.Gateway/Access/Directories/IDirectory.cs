namespace LienThong.Gateway.Access.Directories;

/// <summary>The hospital's own list of people, outside the product: who they are and what groups they are in.</summary>
public interface IDirectory
{
    /// <summary>Checks a password and tells who it is.</summary>
    Task<DirectoryAnswer> CheckAsync(string name, string password, CancellationToken ct);

    /// <summary>Tells who somebody is, without a password.</summary>
    Task<DirectoryAnswer> FindAsync(string name, CancellationToken ct);
}

/// <summary>What a directory answered.</summary>
public abstract record DirectoryAnswer
{
    private DirectoryAnswer()
    {
    }

    /// <summary>Somebody who may work here.</summary>
    /// <param name="Name">Sign-in name as the directory has it.</param>
    /// <param name="DisplayName">Name shown on pages.</param>
    /// <param name="Roles">Roles of all its groups.</param>
    /// <param name="Scope">Facilities of all its groups.</param>
    public sealed record Known(string Name, string DisplayName, IReadOnlyList<string> Roles, FacilityScope Scope) : DirectoryAnswer;

    /// <summary>Not there, disabled there, or a wrong password.</summary>
    public sealed record Refused : DirectoryAnswer;

    /// <summary>There and right, but in no group that may work here.</summary>
    public sealed record NoRole : DirectoryAnswer;

    /// <summary>No server could be asked.</summary>
    /// <param name="Cause">What they said, in English, for the log.</param>
    public sealed record Unavailable(string Cause) : DirectoryAnswer;
}
