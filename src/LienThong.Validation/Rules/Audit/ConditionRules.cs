using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Payment conditions, indications and contraindications of services and drugs.</summary>
internal static class ConditionRules
{
    public static readonly Rule[] All =
    [
        new RowRule("AUD-DD-001", Xml3.MA_DICH_VU, static (row, record) => Meets(row, Xml3.MA_DICH_VU, Xml3.MA_KHOA, AuditLists.ServiceConditions, record),
            Xml3.MA_KHOA, Xml1.MA_BENH_CHINH, Xml1.GIOI_TINH, Xml1.NGAY_SINH),

        // So many times a day or a stay.
        new SweepRule("AUD-DD-001", Xml3.MA_DICH_VU, static (record, report) => CountActs(record, report), Xml3.NGAY_TH_YL),

        new RowRule("AUD-DD-002", Xml2.MA_THUOC, static (row, record) => Meets(row, Xml2.MA_THUOC, Xml2.MA_KHOA, AuditLists.DrugConditions, record),
            Xml2.MA_KHOA, Xml1.MA_BENH_CHINH, Xml1.GIOI_TINH, Xml1.NGAY_SINH),

        Indicated("AUD-I-001", Xml3.MA_DICH_VU, AuditLists.ServiceIndications),
        Indicated("AUD-SECONDARY-001", Xml2.MA_THUOC, AuditLists.DrugIndications),

        new RowRule("AUD-I-002", Xml2.MA_THUOC, static (row, record) =>
        {
            if (record.Lists.Find(AuditLists.DrugContraindications) is not { } list) return Answer.NotApplicable;
            foreach (CodeRow known in list.Rows(row[Xml2.MA_THUOC].Trimmed, record.Day))
            {
                ReadOnlySpan<byte> harmful = Diagnoses.FirstIn(record, known[1]);
                if (!harmful.IsEmpty) return Breach.With("icd", Show.Of(harmful));
            }

            return Answer.Holds;
        }, Xml1.MA_BENH_CHINH, Xml1.MA_BENH_KT),
    ];

    private static RowRule Indicated(string code, FieldId field, ListDefinition definition) => new(code, field, (row, record) =>
    {
        if (record.Lists.Find(definition) is not { } list) return Answer.NotApplicable;
        bool known = false;
        foreach (CodeRow indication in list.Rows(row[field].Trimmed, record.Day))
        {
            if (Diagnoses.AnyIn(record, indication[1])) return Answer.Holds;
            known = true;
        }

        return known ? Answer.Broken : Answer.NotApplicable;
    }, Xml1.MA_BENH_CHINH, Xml1.MA_BENH_KT);

    // One row of the list that is met is enough; otherwise the first one is named.
    private static Answer Meets(Row row, FieldId code, FieldId department, ListDefinition definition, RecordView record)
    {
        if (record.Lists.Find(definition) is not { } list) return Answer.NotApplicable;
        string? unmet = null;
        foreach (CodeRow condition in list.Rows(row[code].Trimmed, record.Day))
        {
            if (IsMet(condition, definition, row[department], record)) return Answer.Holds;
            unmet ??= condition.Text(definition.At("condition"));
        }

        return unmet is null ? Answer.NotApplicable : Breach.With("condition", unmet.Length > 0 ? unmet : "xem danh mục điều kiện thanh toán");
    }

    private static bool IsMet(CodeRow condition, ListDefinition list, Value department, RecordView record)
    {
        ReadOnlySpan<byte> diseases = condition[list.At("icd")];
        if (!diseases.IsEmpty && !Diagnoses.AnyIn(record, diseases)) return false;
        ReadOnlySpan<byte> sex = condition[list.At("sex")];
        if (!sex.IsEmpty && !record.Summary[Xml1.GIOI_TINH].IsEmpty && !record.Summary[Xml1.GIOI_TINH].Is(sex)) return false;
        ReadOnlySpan<byte> departments = condition[list.At("departments")];
        if (!departments.IsEmpty && !department.IsEmpty && !Reading.HasItem(departments, department.Trimmed)) return false;
        return HasAge(condition, list, record) && HasClass(condition[list.At("classes")], record);
    }

    private static bool HasAge(CodeRow condition, ListDefinition list, RecordView record)
    {
        if (record is not { Born.IsPresent: true, Arrived.IsPresent: true }) return true;
        int years = record.Born.Value.YearsOn(record.Arrived.Value.Day());
        return !(condition.Number(list.At("min_age")) is { IsPresent: true } min && years < min.Value)
            && !(condition.Number(list.At("max_age")) is { IsPresent: true } max && years > max.Value);
    }

    // The class of the hospital is known when the list of facilities says it.
    private static bool HasClass(ReadOnlySpan<byte> classes, RecordView record)
    {
        if (classes.IsEmpty || record.Lists.Find(NationalLists.Facilities) is not { } facilities) return true;
        foreach (CodeRow facility in facilities.Rows(record.Summary[Xml1.MA_CSKCB].Trimmed, record.Day))
        {
            ReadOnlySpan<byte> own = facility[NationalLists.Facilities.At("class")];
            if (own.IsEmpty || Reading.HasItem(classes, own)) return true;
        }

        return false;
    }

    private static void CountActs(RecordView record, Report report)
    {
        if (record.Lists.Find(AuditLists.ServiceConditions) is not { } list || record[TableId.Xml3] is not { } table) return;
        ListDefinition definition = AuditLists.ServiceConditions;
        var acts = new Acts(record);
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < table.Count; i++)
        {
            if (!list.Contains(table[i][Xml3.MA_DICH_VU].Trimmed, record.Day) || acts.Day(acts.Drugs + i) is not { } day) continue;
            index.Add((RowIndex.Key(table[i][Xml3.MA_DICH_VU].Trimmed) & 0xFFFF_FFFF_FFFF_0000) | (ushort)day, i);
        }

        index.Sort();
        int firstOfCode = 0;
        int firstOfDay = 0;
        for (int i = 0; i < index.Count; i++)
        {
            if (index.Keys[i] >> 16 != index.Keys[firstOfCode] >> 16) firstOfCode = i;
            if (index.Keys[i] != index.Keys[firstOfDay]) firstOfDay = i;
            Row row = table[index.Rows[i]];
            foreach (CodeRow condition in list.Rows(row[Xml3.MA_DICH_VU].Trimmed, record.Day))
            {
                bool often = condition.Number(definition.At("per_day")) is { IsPresent: true } day && i - firstOfDay + 1 > day.Value;
                bool over = condition.Number(definition.At("per_stay")) is { IsPresent: true } stay && i - firstOfCode + 1 > stay.Value;
                if (!often && !over) continue;
                report.Broken(row, Breach.With("condition", often ? "vượt số lần tối đa trong ngày" : "vượt số lần tối đa trong đợt"));
                break;
            }
        }
    }
}
