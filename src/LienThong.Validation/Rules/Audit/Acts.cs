using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The drugs and services of a record as acts with a code, a moment and an amount; drugs first.</summary>
internal readonly ref struct Acts
{
    private readonly RecordView record;
    private readonly ReadOnlySpan<CostLine> drugs;
    private readonly ReadOnlySpan<CostLine> services;

    public Acts(RecordView record)
    {
        this.record = record;
        drugs = record.Lines.Drugs;
        services = record.Lines.Services;
    }

    public int Count => drugs.Length + services.Length;

    /// <summary>Acts below this are drugs.</summary>
    public int Drugs => drugs.Length;

    public ref readonly CostLine Line(int act) => ref act < drugs.Length ? ref drugs[act] : ref services[act - drugs.Length];

    public Row Row(int act) => act < drugs.Length ? record[TableId.Xml2]![act] : record[TableId.Xml3]![act - drugs.Length];

    public ReadOnlySpan<byte> Code(int act) => Row(act)[Field(act)].Trimmed;

    public ulong Key(int act) => RowIndex.Key(Code(act));

    public FieldId Field(int act) => act < drugs.Length ? Xml2.MA_THUOC : Xml3.MA_DICH_VU;

    /// <summary>When it was done, else ordered; null when neither can be read.</summary>
    public DateTime? At(int act)
    {
        ref readonly CostLine line = ref Line(act);
        return line.Done.IsPresent ? line.Done.Value : line.Ordered.IsPresent ? line.Ordered.Value : null;
    }

    public int? Day(int act) => At(act) is { } at ? at.Day().DayNumber : null;
}
