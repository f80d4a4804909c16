using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The record against the envelope that carries it.</summary>
internal static class PackageRules
{
    public static readonly Rule[] All =
    [
        // The facility of the record is the facility of the envelope.
        new RecordRule("PKG-MACSKCB-002", Xml1.MA_CSKCB, static record =>
            Same(record.Context.FacilityCode, record)),

        // The sending account, when known, is that of the facility.
        new RecordRule("PKG-MACSKCB-003", Xml1.MA_CSKCB, static record =>
            Same(record.Context.AccountFacility, record)),
    ];

    private static Answer Same(string? code, RecordView record)
    {
        Value own = record.Summary[Xml1.MA_CSKCB];
        if (string.IsNullOrEmpty(code) || own.IsEmpty) return Answer.NotApplicable;
        string text = code.Trim();
        return text == Show.Of(own.Trimmed) ? Answer.Holds : Breach.Expect(text);
    }
}
