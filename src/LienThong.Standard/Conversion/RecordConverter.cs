using System.Text.RegularExpressions;

namespace LienThong.Standard;

/// <summary>A converted record with what happened to its values.</summary>
/// <param name="Record">The record in the target release, to build or to change further.</param>
/// <param name="From">The release it was in.</param>
/// <param name="To">The release it is in now.</param>
/// <param name="Changes">One line per value that isn't simply the same, by table and row; empty when nothing had to change.</param>
public sealed record Conversion(RecordBuilder Record, Release From, Release To, IReadOnlyList<Change> Changes);

/// <summary>
/// Converts records between releases of the standard. What changes is data: the field lists, the renames of the layers of changes and
/// <c>Data/conversions.csv</c>. Nothing is invented: a code is mapped only where the standard gives both codes the same meaning, an amount is worked
/// out only by a printed formula, and everything else is left out or empty and told.
/// </summary>
public static class RecordConverter
{
    private const int MostOld = 2000;

    /// <summary>True when records of a release can be converted to another. There is no way back to QĐ 4210.</summary>
    public static bool CanConvert(Release from, Release to) => ConversionPath.Between(from, to) is not null;

    /// <summary>Converts a record; the record given isn't changed. From a release to itself every value stays.</summary>
    /// <param name="record">A record that could be read whole (see <see cref="Record.IsDamaged"/>).</param>
    /// <param name="from">The release it is in, see <see cref="RecordRelease.Of"/>.</param>
    /// <param name="to">The release wanted.</param>
    /// <exception cref="ArgumentException">There is no way from one to the other (<see cref="CanConvert"/>).</exception>
    public static Conversion Convert(Record record, Release from, Release to)
    {
        ConversionPath path = ConversionPath.Between(from, to) ?? throw new ArgumentException($"{from} can't be converted to {to}.", nameof(to));
        var builder = RecordBuilder.From(record);
        var log = new ChangeLog();
        foreach (ConversionStep step in path.Steps) Apply(step, builder, log);
        Unread(record, log);
        for (int t = 0; t < TableNames.Count; t++)
        {
            var table = (TableId)t;
            DropLeftovers(builder, table, Holder(builder, path, table), path, to, log);
            if (path.Steps.Count > 0 && Holder(builder, path, table) is { } form) Check(builder.Rows(table), form, to, log);
        }

        Change[] changes = [.. log.Changes.OrderBy(c => c.Table).ThenBy(c => c.Row ?? 0)];
        return new Conversion(builder, from, to, changes);
    }

    private static void Apply(ConversionStep step, RecordBuilder builder, ChangeLog log)
    {
        foreach (ConversionRule rule in step.Rules)
        {
            IList<RowBuilder> rows = builder.Rows(rule.Table);
            for (int i = 0; i < rows.Count; i++) rule.Apply(rows[i], i, log);
        }

        if (step.From.Id == "QD4210") new Qd4210Amounts(builder, step, log).WorkOut();
    }

    // XML0 and XML12 are documents of their own; inside a package the writer has no place for them.
    private static TableForm? Holder(RecordBuilder builder, ConversionPath path, TableId table) =>
        path.Form(table) is { } form && (form.Spec.LoaiHoSo.Length > 0 || builder.Rows(TableId.Xml1).Count == 0) ? form : null;

    private static void DropLeftovers(RecordBuilder builder, TableId table, TableForm? form, ConversionPath path, Release to, ChangeLog log)
    {
        IList<RowBuilder> rows = builder.Rows(table);
        for (int i = 0; i < rows.Count; i++)
        {
            for (int column = 0; column < FieldNames.Of(table).Length; column++)
            {
                var field = new FieldId(table, (byte)column);
                if (rows[i][field] is not { } text || form?.Spec.Find(field) is not null) continue;
                rows[i].Set(field, null);
                if (string.IsNullOrWhiteSpace(text)) continue;
                ConversionRule? rule = path.Gone(field);
                string why = rule?.Why ?? (form is null ? $"gói theo {to.DecisionNumber} không chứa bảng này" : $"{to.DecisionNumber} không có trường này");
                log.Dropped(field, field, i, Short(text), why, rule?.Basis ?? $"QĐ {to.DecisionNumber}");
            }
        }

        if (form is null) rows.Clear();
    }

    private static void Check(IList<RowBuilder> rows, TableForm form, Release to, ChangeLog log)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            foreach ((FieldSpec field, Regex? pattern) in form.Changed)
            {
                if (rows[i][field.Id]?.Trim() is not { Length: > 0 } text) continue;
                if (text.EnumerateRunes().Count() > field.MaxLength) Review($"dài hơn {field.MaxLength} ký tự mà {to.DecisionNumber} cho phép");
                else if (pattern?.IsMatch(text) == false) Review($"không đúng cách ghi của {to.DecisionNumber}");

                void Review(string why) => log.Changes.Add(new Change(ChangeKind.Review, form.Spec.Id, i + 1, field.Name, field.Name, Short(text), Short(text), why, $"QĐ {to.DecisionNumber}"));
            }

            foreach ((FieldSpec field, string usual) in form.Always)
            {
                if (!string.IsNullOrWhiteSpace(rows[i][field.Id])) continue;
                string why = log.IsEmptied(field.Id, i) ? "bắt buộc; giá trị cũ không chuyển được" : usual;
                log.Changes.Add(new Change(ChangeKind.Missing, form.Spec.Id, i + 1, field.Name, field.Name, "", "", why, $"QĐ {to.DecisionNumber}"));
            }
        }

        foreach ((FieldSpec field, string why) in form.Sometimes)
        {
            if (rows.All(r => !string.IsNullOrWhiteSpace(r[field.Id]))) continue;
            log.Changes.Add(new Change(ChangeKind.MissingIfNeeded, form.Spec.Id, null, field.Name, field.Name, "", "", why, $"QĐ {to.DecisionNumber}"));
        }
    }

    // What the reader could not take as a value of the standard is not in the record and therefore not in what is written.
    private static void Unread(Record record, ChangeLog log)
    {
        foreach (Deviation deviation in record.Deviations)
        {
            string? why = deviation.Kind switch
            {
                DeviationKind.UnknownField => "không bản nào của chuẩn có trường này; xem giá trị ở tệp gốc",
                DeviationKind.DuplicateField => "trường lặp lại trong một dòng, chỉ giữ giá trị đầu",
                DeviationKind.UnknownLoaiHoSo => "không bản nào của chuẩn có LOAIHOSO này; xem nội dung ở tệp gốc",
                DeviationKind.WrongTableContent => "nội dung không phải của bảng này; xem ở tệp gốc",
                DeviationKind.UnknownEnvelopeElement => "thẻ lạ trong hồ sơ; xem nội dung ở tệp gốc",
                _ => null,
            };
            if (why is null) continue;
            string name = deviation.Field.Length > 0 ? deviation.Field : deviation.Detail;
            log.Changes.Add(new Change(ChangeKind.Dropped, deviation.Table ?? TableId.Xml1, deviation.Row, name, "", "", "", why, ""));
        }
    }

    private static string Short(string text) => text.Length <= MostOld ? text : text[..MostOld] + "…";
}
