using LienThong.Samples.Building;
using LienThong.Standard;

namespace LienThong.Samples;

/// <summary>
/// Invents records. A record depends on seed, kind and index only: the same call gives the same record, in any order and on any
/// machine. Everything in it is consistent: times, cards, sums and the shares of patient, funds and insurance.
/// </summary>
/// <remarks>Safe for concurrent use. Nobody in these records exists; facility, licence, card and identity numbers are not issued.</remarks>
public sealed class SampleFactory
{
    private readonly SampleOptions options;

    /// <summary>A factory for one corpus.</summary>
    /// <exception cref="ArgumentException">The last day lies before the first, or a facility code isn't five digits.</exception>
    public SampleFactory(SampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.To < options.From) throw new ArgumentException("To lies before From.", nameof(options));
        if (!IsFacility(options.FacilityCode) || !IsFacility(options.OtherFacilityCode)) throw new ArgumentException("A facility code has five digits.", nameof(options));
        this.options = options;
    }

    /// <summary>What the corpus is made of.</summary>
    public SampleOptions Options => options;

    /// <summary>Invents one clean record.</summary>
    /// <param name="kind">How large.</param>
    /// <param name="index">Its number in the corpus, from 0; <c>MA_LK</c> follows from it.</param>
    public RecordBuilder Create(SampleKind kind, int index)
    {
        Episode episode = EpisodePlanner.Plan(options, kind, index);
        var record = new RecordBuilder();
        SummaryRow.Write(episode, record);
        if (episode.Stays) Stay.Write(episode, record);
        else OneDay.Write(episode, record);
        Money.Settle(episode, record);
        Papers.Write(episode, record);
        Programmes.Write(episode, record);
        OlderLayout.Fill(episode, record);
        Shape.Fit(record, episode.Release);
        return record;
    }

    /// <summary>The release that a record made by <see cref="Create"/> is written in.</summary>
    public Release ReleaseOf(RecordBuilder record)
    {
        string leaves = record.Rows(TableId.Xml1)[0][Xml1.NGAY_RA] ?? "";
        bool read = DateOnly.TryParseExact(leaves.AsSpan(0, Math.Min(8, leaves.Length)), "yyyyMMdd", out DateOnly day);
        return options.ReleaseOn(read ? day : options.To);
    }

    /// <summary>The check-in (XML0) that goes with a record: what was known when the first cost arose.</summary>
    public RecordBuilder CheckIn(RecordBuilder record) => Documents.CheckIn(record, ReleaseOf(record));

    /// <summary>An invented medical assessment (XML12), a document of its own.</summary>
    public RecordBuilder Assessment(int index) => Documents.Assessment(options, index);

    private static bool IsFacility(string code) => code.Length == 5 && code.All(char.IsAsciiDigit);
}
