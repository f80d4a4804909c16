using System.Globalization;
using LienThong.Samples.Building;
using LienThong.Standard;

namespace LienThong.Samples.Errors;

/// <summary>Ways to break a cell.</summary>
internal static class Tamper
{
    private static readonly TableId[] Mirrors = [TableId.Xml6, TableId.Xml10, TableId.Xml11, TableId.Xml13, TableId.Xml14, TableId.Xml15];

    /// <summary>True when no other table repeats what XML1 says of person, card and illness.</summary>
    public static bool IsPlain(RecordBuilder record) => !Array.Exists(Mirrors, table => record.Rows(table).Count > 0);

    public static bool Stays(RecordBuilder record) => Summary(record)[Xml1.MA_LOAI_KCB] == "03";

    public static bool Insured(RecordBuilder record) => Summary(record)[Xml1.MA_DOITUONG_KCB] != "9";

    public static RowBuilder Summary(RecordBuilder record) => record.Rows(TableId.Xml1)[0];

    /// <summary>Sets a field of XML1 in records that fit.</summary>
    public static SampleError Of(string name, string code, string description, FieldId field, string value, Func<RecordBuilder, bool>? when = null, params string[] also) =>
        Of(name, code, description, field, _ => value, when, also);

    /// <summary>Sets a field of a random row of its table, in records and rows that fit.</summary>
    public static SampleError Of(
        string name, string code, string description, FieldId field, Func<RowBuilder, string?> value, Func<RecordBuilder, bool>? when = null, params string[] also) =>
        new(name, code, description, (record, random) => when?.Invoke(record) == false ? null : Row(record, random, field, _ => true, row => row.Set(field, value(row))), also);

    /// <summary>Changes a random row that fits.</summary>
    public static SampleError OfRow(
        string name, string code, string description, FieldId field, Func<RowBuilder, bool> fits, Action<RecordBuilder, RowBuilder> change, params string[] also) =>
        new(name, code, description, (record, random) => Row(record, random, field, fits, row => change(record, row)), also);

    public static SampleCell? Row(RecordBuilder record, Random random, FieldId field, Func<RowBuilder, bool> fits, Action<RowBuilder> change)
    {
        IList<RowBuilder> rows = record.Rows(field.Table);
        int start = rows.Count == 0 ? 0 : random.Next(rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            int at = (start + i) % rows.Count;
            if (!fits(rows[at])) continue;
            change(rows[at]);
            return new SampleCell(field.Table, at + 1, field);
        }

        return null;
    }

    /// <summary>Takes a whole table away.</summary>
    public static SampleError Without(string name, string code, string description, TableId table, Func<RecordBuilder, bool> when, params string[] also) =>
        new(name, code, description, (record, _) =>
        {
            if (record.Rows(table).Count == 0 || !when(record)) return null;
            record.Rows(table).Clear();
            return new SampleCell(table, null, null);
        }, also);

    public static void Add(RowBuilder row, FieldId field, decimal amount) => row.Set(field, Text.Money(Totals.Read(row, field) + amount));

    public static string Shift(string? moment, int minutes) => Text.Minute(Moment(moment).AddMinutes(minutes));

    public static string ShiftDay(string? day, int days) =>
        Text.Day(DateOnly.ParseExact(day.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture).AddDays(days));

    public static DateTime Moment(string? text) => DateTime.ParseExact(text!, "yyyyMMddHHmm", CultureInfo.InvariantCulture);

    /// <summary>Computes a row's shares anew after its amounts changed, then the sums.</summary>
    public static void Reshare(RecordBuilder record, RowBuilder row)
    {
        bool drug = row.Table == TableId.Xml2;
        var line = new Line(
            row,
            Totals.Read(row, drug ? Xml2.THANH_TIEN_BV : Xml3.THANH_TIEN_BV),
            Totals.Read(row, drug ? Xml2.THANH_TIEN_BH : Xml3.THANH_TIEN_BH),
            Totals.Read(row, drug ? Xml2.T_NGUONKHAC : Xml3.T_NGUONKHAC),
            default);
        Money.Share(line, Totals.Read(row, drug ? Xml2.MUC_HUONG : Xml3.MUC_HUONG));
        Totals.Write(record);
    }
}
