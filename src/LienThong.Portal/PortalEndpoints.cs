namespace LienThong.Portal;

/// <summary>Where a document goes.</summary>
/// <param name="Path">Path below the portal's host, beginning with a slash.</param>
/// <param name="RecordType"><c>loaiHoSo</c>.</param>
public sealed record PortalEndpoint(string Path, string RecordType);

/// <summary>Paths and record types per service and release, as data: the next decision is a line, not a release of this program.</summary>
public sealed class PortalEndpoints
{
    private readonly Dictionary<(string Service, string Release), PortalEndpoint> byKey;

    private PortalEndpoints(Dictionary<(string Service, string Release), PortalEndpoint> byKey) => this.byKey = byKey;

    /// <summary>The table shipped with this version (<c>Data/endpoints.csv</c>).</summary>
    public static PortalEndpoints Default { get; } = ReadDefault();

    /// <summary>Path of the login service.</summary>
    public string TokenPath => byKey[("token", "*")].Path;

    /// <summary>Path of the card lookup.</summary>
    public string CardPath => byKey[("card", "*")].Path;

    /// <summary>The endpoint for a service under a release; null when the portal has none (for example QD4210).</summary>
    public PortalEndpoint? Find(PortalService service, string releaseId) =>
        byKey.GetValueOrDefault((Name(service), releaseId));

    /// <summary>This table with the lines of <paramref name="reader"/> added or put in place of lines with the same service and release.</summary>
    /// <param name="reader">Header line, then <c>service,release,path,loaiHoSo,…</c>; services: token, card, checkin, record, assessment.</param>
    /// <exception cref="FormatException">A line has too few fields or a path without leading slash.</exception>
    public PortalEndpoints With(TextReader reader)
    {
        var merged = new Dictionary<(string Service, string Release), PortalEndpoint>(byKey);
        foreach (string[] row in PortalCsv.Rows(reader, 4))
        {
            if (!row[2].StartsWith('/'))
                throw new FormatException($"Path «{row[2]}» must begin with a slash.");
            merged[(row[0], row[1])] = new PortalEndpoint(row[2], row[3]);
        }

        return new PortalEndpoints(merged);
    }

    private static PortalEndpoints ReadDefault()
    {
        using TextReader reader = PortalCsv.OpenEmbedded("endpoints.csv");
        return new PortalEndpoints([]).With(reader);
    }

    private static string Name(PortalService service) => service switch
    {
        PortalService.CheckIn => "checkin",
        PortalService.Record => "record",
        PortalService.MedicalAssessment => "assessment",
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, null),
    };
}
