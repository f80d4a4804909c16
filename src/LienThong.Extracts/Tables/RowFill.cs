using System.Globalization;
using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>Turns a row of a source into rows of a visit.</summary>
internal static class RowFill
{
    // Codes longer than this are keys of the hospital system, which has its own idea of zeros.
    private const int LongestOfficialCode = 20;

    /// <summary>Applies every part of the source's mapping.</summary>
    public static void Apply(SourcePlan plan, RowCells row, VisitDraft draft)
    {
        foreach (PartPlan part in plan.Parts)
        {
            if (!Holds(part, row)) continue;
            foreach (FieldPlan[] fields in part.Groups)
            {
                if (HasAny(fields, row) && !Fill(plan, part.Section, fields, row, draft)) return;
            }
        }
    }

    private static bool Holds(PartPlan part, RowCells row)
    {
        foreach ((int slot, IReadOnlyList<string> values) in part.When)
        {
            string text = row[slot].Trim();
            bool any = false;
            foreach (string value in values) any |= value == "*" ? text.Length > 0 : string.Equals(value.Trim(), text, StringComparison.OrdinalIgnoreCase);
            if (!any) return false;
        }

        return true;
    }

    private static bool HasAny(FieldPlan[] fields, RowCells row)
    {
        foreach (FieldPlan field in fields)
        {
            foreach (int slot in field.Slots)
            {
                if (!string.IsNullOrWhiteSpace(row[slot])) return true;
            }
        }

        return false;
    }

    // False when the section takes no more rows, which has been told: the row as a whole is one too many.
    private static bool Fill(SourcePlan plan, SectionSpec section, FieldPlan[] fields, RowCells row, VisitDraft draft)
    {
        var place = new Place(plan.Name, row.Line);
        int rows = 1;
        foreach (FieldPlan field in fields)
        {
            if (field.Mapping.Split is { } by && field.Slots.Length > 0) rows = Math.Max(rows, Joined(field, row).Split(by).Length);
        }

        for (int item = 0; item < rows; item++)
        {
            if (rows > 1 && IsEmptyItem(fields, row, item)) continue;
            if (Target(draft, section, place, out bool merges) is not { } target) return false;
            foreach (FieldPlan field in fields) Set(plan, field, row, item, draft, target, merges);
        }

        return true;
    }

    private static bool IsEmptyItem(FieldPlan[] fields, RowCells row, int item)
    {
        foreach (FieldPlan field in fields)
        {
            if (field.Mapping.Split is { } by && Item(Joined(field, row), by, item).Length > 0) return false;
        }

        return true;
    }

    // A section of one row may be fed by several sources, and by several parts of one row.
    private static VisitRow? Target(VisitDraft draft, SectionSpec section, Place place, out bool merges)
    {
        merges = !section.IsMany && draft.Visit[section.Id] is [VisitRow first, ..] && (first.Place.File != place.File || first.Place.Line == place.Line);
        return merges ? draft.Visit[section.Id][0] : draft.Add(section, place);
    }

    private static void Set(SourcePlan plan, FieldPlan field, RowCells row, int item, VisitDraft draft, VisitRow target, bool merges)
    {
        FieldMapping mapping = field.Mapping;
        if (mapping.Constant is { } constant)
        {
            if (!target.Has(mapping.Field.Id)) target.Set(mapping.Field.Id, constant);
            return;
        }

        string header = plan.Header(field.Slots[0]);
        var cell = new Cell(draft, target, new Place(plan.Name, row.Line), mapping.Field, header);
        string text = Joined(field, row);
        if (mapping.Split is { } by) text = Item(text, by, item);
        CellForm form = field.Slots.Length == 1 ? row.Form(field.Slots[0]) : CellForm.Text;
        if (string.IsNullOrWhiteSpace(text))
        {
            if (mapping.Default is { Length: > 0 } otherwise && !target.Has(mapping.Field.Id)) target.Set(mapping.Field.Id, otherwise);
            return;
        }

        if (Prepare(mapping, text, form, cell) is not { } ready) return;
        string before = target[mapping.Field.Id];
        draft.Set(target, mapping.Field, ready, header, form == CellForm.Number ? NumberForm.Point : plan.Numbers, cell.Place);
        if (merges && before.Length > 0 && target[mapping.Field.Id] != before)
            cell.Tell(ExtractCodes.Repeated, text, $"{mapping.Field.LabelVi} ({mapping.Field.Name}) có hai giá trị khác nhau: «{ExtractProblem.Shown(before)}» và «{ExtractProblem.Shown(text)}».", "Chỉ lấy trường này từ một nguồn.");
    }

    // The text to be normalised; null when it was refused.
    private static string? Prepare(FieldMapping mapping, string text, CellForm form, Cell cell)
    {
        if (form == CellForm.Broken) return cell.Tell(ExtractCodes.Value, text, "Ô lỗi hoặc là công thức không có giá trị.", "Dán giá trị (Paste Values) thay cho công thức.");
        ValueKind kind = mapping.Field.Kind;
        if (form == CellForm.Moment && kind is not (ValueKind.Day or ValueKind.Days or ValueKind.Moment or ValueKind.Birth))
            return cell.Tell(ExtractCodes.Value, text, $"{mapping.Field.LabelVi} ({mapping.Field.Name}) đã bị đổi thành ngày tháng.", "Định dạng cột là Text rồi nhập lại đúng như bản gốc.");
        if (mapping.IsOffered && text.IndexOf(" · ", StringComparison.Ordinal) is > 0 and int cut) text = text[..cut];
        if (mapping.Values.Count > 0)
        {
            string plain = text.Trim().Normalize();
            if (mapping.Values.TryGetValue(plain, out string? meaning)) return meaning;
            if (mapping.Other is { } other) return other;
            if (!mapping.Values.Values.Contains(plain, StringComparer.Ordinal))
                return cell.Tell(ExtractCodes.Value, text, $"«{ExtractProblem.Shown(plain)}» không có trong values của {mapping.Field.Name}.", "Thêm giá trị này vào values của tệp ánh xạ.");
        }

        if (form == CellForm.Number && kind is ValueKind.Code && mapping.Pad == 0 && LostZeros(mapping.Field, text))
            return cell.Tell(ExtractCodes.Value, text, $"Ô {mapping.Field.Name} là số nên có thể đã mất số 0 ở đầu.", "Định dạng cột là Text và nhập lại, hoặc ghi pad: độ dài mã trong tệp ánh xạ.");
        if (mapping.Separator is { } separator) text = text.Replace(separator, ";", StringComparison.Ordinal);
        if (mapping.Pad > 0) text = string.Join(';', text.Split(';').Select(t => t.Trim() is { Length: > 0 } code && code.All(char.IsAsciiDigit) ? code.PadLeft(mapping.Pad, '0') : t));
        return mapping.Formats.Count == 0 ? text : string.Join(';', text.Split(';').Select(t => Moment(mapping.Formats, t)));
    }

    private static bool LostZeros(VisitFieldSpec field, string text) =>
        field.Standard?.MaxLength is { } length && length < LongestOfficialCode && text.Length != length;

    private static string Moment(IReadOnlyList<string> formats, string text)
    {
        foreach (string format in formats)
        {
            if (DateTime.TryParseExact(text.Trim(), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment)) return ValueForm.Write(moment);
        }

        return text;
    }

    private static string Joined(FieldPlan field, RowCells row)
    {
        if (field.Slots.Length == 1) return row[field.Slots[0]];
        return string.Join(field.Mapping.With, field.Slots.Select(s => row[s].Trim()).Where(t => t.Length > 0));
    }

    private static string Item(string text, string by, int item)
    {
        string[] items = text.Split(by);
        return item < items.Length ? items[item].Trim() : "";
    }

    /// <summary>A cell that may be complained about.</summary>
    private readonly record struct Cell(VisitDraft Draft, VisitRow Row, Place Place, VisitFieldSpec Field, string Header)
    {
        public string? Tell(string code, string text, string message, string fix)
        {
            Draft.Refuse(Row, Field, new ExtractProblem(code, Severity.Block, message, fix, Place.File ?? "", Place.Line, Header, ExtractProblem.Shown(text)));
            return null;
        }
    }
}
