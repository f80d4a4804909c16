namespace LienThong.Portal;

/// <summary>Where a document goes and how the service spells its fields.</summary>
/// <param name="Path">Path below the portal's host, beginning with a slash.</param>
/// <param name="RecordType"><c>loaiHoSo</c>, with the forms of TT 12/2026 <c>loaiHs</c>.</param>
public sealed record PortalEndpoint(string Path, string RecordType)
{
    /// <summary>Name of the field with the record type.</summary>
    public string TypeField { get; init; } = "loaiHoSo";

    /// <summary>Name of the field with the facility code.</summary>
    public string FacilityField { get; init; } = "maCSKCB";

    /// <summary>Name of the field with the document.</summary>
    public string DocumentField { get; init; } = "fileHSBase64";

    /// <summary>Name of the field with the period <c>yyyyMM</c>; empty when the service has none.</summary>
    public string PeriodField { get; init; } = "";

    /// <summary>The fields travel as a JSON object with user name and password digest instead of a form.</summary>
    public bool IsJson { get; init; }

    /// <summary>Family of result codes; empty for the common one.</summary>
    public string CodeFamily { get; init; } = "";
}

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
    public PortalEndpoint? Find(PortalService service, string releaseId) => Find(Name(service), releaseId);

    /// <summary>The endpoint of a line's name; a line for release <c>*</c> stands for every release without its own.</summary>
    internal PortalEndpoint? Find(string name, string releaseId) =>
        byKey.GetValueOrDefault((name, releaseId)) ?? byKey.GetValueOrDefault((name, "*"));

    /// <summary>This table with the lines of <paramref name="reader"/> added or put in place of lines with the same service and release.</summary>
    /// <param name="reader">
    /// Header line, then <c>service,release,path,type,source,typeField,facilityField,documentField,periodField,body,codes</c>; what
    /// follows the type may be left out. Services: those of <c>Data/endpoints.csv</c>; body: <c>form</c> or <c>json</c>.
    /// </param>
    /// <exception cref="FormatException">A line has too few fields, a path without leading slash or an unknown kind of body.</exception>
    public PortalEndpoints With(TextReader reader)
    {
        var merged = new Dictionary<(string Service, string Release), PortalEndpoint>(byKey);
        foreach (string[] row in PortalCsv.Rows(reader, 4))
        {
            if (!row[2].StartsWith('/'))
                throw new FormatException($"Path «{row[2]}» must begin with a slash.");
            if (Field(row, 9, "form") is not ("form" or "json"))
                throw new FormatException($"Body «{row[9]}» must be form or json.");
            var usual = new PortalEndpoint(row[2], row[3]);
            merged[(row[0], row[1])] = usual with
            {
                TypeField = Field(row, 5, usual.TypeField),
                FacilityField = Field(row, 6, usual.FacilityField),
                DocumentField = Field(row, 7, usual.DocumentField),
                PeriodField = Field(row, 8, ""),
                IsJson = Field(row, 9, "form") == "json",
                CodeFamily = Field(row, 10, ""),
            };
        }

        return new PortalEndpoints(merged);
    }

    private static PortalEndpoints ReadDefault()
    {
        using TextReader reader = PortalCsv.OpenEmbedded("endpoints.csv");
        return new PortalEndpoints([]).With(reader);
    }

    private static string Field(string[] row, int at, string usual) => at < row.Length && row[at].Length > 0 ? row[at] : usual;

    /// <summary>How the tables call a service.</summary>
    internal static string Name(PortalService service) => service switch
    {
        PortalService.CheckIn => "checkin",
        PortalService.Record => "record",
        PortalService.MedicalAssessment => "assessment",
        PortalService.DepartmentsForm => "01/DM",
        PortalService.StaffForm => "02/DM",
        PortalService.DrugsForm => "03/DM",
        PortalService.SuppliesForm => "04/DM",
        PortalService.ServicesForm => "05/DM",
        PortalService.EquipmentForm => "06/DM",
        PortalService.MonthlySummary => "01/BH",
        PortalService.Adjustments => "09/BH",
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, null),
    };
}
