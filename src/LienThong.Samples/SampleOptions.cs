using LienThong.Standard;

namespace LienThong.Samples;

/// <summary>What a corpus is made of. The same options give the same records.</summary>
public sealed record SampleOptions
{
    /// <summary>Start of all chance; another seed gives other patients.</summary>
    public int Seed { get; init; } = 1;

    /// <summary><c>MA_CSKCB</c> of every record: five digits that belong to nobody.</summary>
    public string FacilityCode { get; init; } = "99001";

    /// <summary>Another facility, for referrals and first registration elsewhere; five digits that belong to nobody.</summary>
    public string OtherFacilityCode { get; init; } = "99002";

    /// <summary>First discharge day.</summary>
    public DateOnly From { get; init; } = new(2026, 7, 1);

    /// <summary>Last discharge day, included.</summary>
    public DateOnly To { get; init; } = new(2026, 9, 30);

    /// <summary>Days that records leave on.</summary>
    internal int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>The release to write; null for the one in force on each record's discharge day.</summary>
    public string? ReleaseId { get; init; }

    /// <summary>The release of a record that leaves on a day.</summary>
    /// <exception cref="InvalidOperationException">No release was mandatory on that day and <see cref="ReleaseId"/> names none.</exception>
    public Release ReleaseOn(DateOnly day) =>
        ReleaseId is { } id
            ? Releases.Get(id)
            : Releases.InForceOn(day) ?? throw new InvalidOperationException($"No release was mandatory on {day:yyyy-MM-dd}; set ReleaseId.");
}
