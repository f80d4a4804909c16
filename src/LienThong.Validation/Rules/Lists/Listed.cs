using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Judges a row by a list that covers the day the row is compared with.</summary>
internal delegate Answer ListPredicate(Row row, RecordView record, CodeList list, DateOnly day);

/// <summary>
/// Rules over rows that are looked up in a list on the day of the row: the order for lines, the result for XML4, the note for XML5,
/// and the day of discharge elsewhere. A row from before the rule's first day isn't judged.
/// </summary>
internal static class Listed
{
    /// <summary>A rule; the list is named by a function so that no definition is made before one is looked into.</summary>
    public static RowRule OnDay(string code, FieldId at, Func<ListDefinition> definition, ListPredicate judge, params FieldId[] reads)
    {
        RuleInfo info = RuleCatalogue.Get(code);
        return new RowRule(code, at, (row, record) =>
        {
            if (row[at].IsEmpty) return Answer.NotApplicable;
            CodeList list = record.List(definition());
            DateOnly day = record.ListDay(row);
            if (day < info.EffectiveFrom) return Answer.NotApplicable;
            return list.Covers(day) ? judge(row, record, list, day) : Answer.Uncovered(list);
        }, reads);
    }

    /// <summary>The same for a rule whose answer depends on the cell and the day alone: a text that held isn't looked up again.</summary>
    public static RowRule OfCell(string code, FieldId at, Func<ListDefinition> definition, ListPredicate judge, params FieldId[] reads)
    {
        int place = Repeats.Place();
        RowRule rule = OnDay(code, at, definition, judge, reads);
        return new RowRule(code, at, (row, record) =>
        {
            if (row[at].IsEmpty) return Answer.NotApplicable;
            DateOnly day = record.ListDay(row);
            if (record.Repeats.Kept(place, row, at, day)) return Answer.Holds;
            Answer answer = rule.Judge(row, record);
            if (answer.Verdict == Verdict.Holds) record.Repeats.Keep(place, row, day);
            return answer;
        }, reads);
    }

    /// <summary>The day a row is compared with.</summary>
    public static DateOnly DayOf(Row row, RecordView record)
    {
        Read<DateTime> moment = row.Table.Id switch
        {
            TableId.Xml2 or TableId.Xml3 => record.Lines.Of(row).Ordered,
            TableId.Xml4 => row[Xml4.NGAY_KQ].DateTime12(),
            TableId.Xml5 => row[Xml5.THOI_DIEM_DBLS].DateTime12(),
            _ => Read<DateTime>.Absent,
        };
        return moment.IsPresent ? moment.Value.Day() : record.Day;
    }

    /// <summary>Every filled item of a <c>;</c> list is a code valid on the day; the finding names the item and when it is valid.</summary>
    public static Answer AreAll(Value value, CodeList list, DateOnly day)
    {
        foreach (ReadOnlySpan<byte> item in value.Items())
        {
            if (!item.IsEmpty && !list.Contains(item, day)) return Absent(list, item, day);
        }

        return Answer.Holds;
    }

    /// <summary>The finding for a code that isn't valid on the day; when the list knows it for other days, it says for which.</summary>
    public static Breach Absent(CodeList list, ReadOnlySpan<byte> code, DateOnly day)
    {
        Breach breach = Breach.OfPart(code).And("date", Show.Date(day));
        string periods = "";
        foreach (CodeRow row in list.History(code))
        {
            if (periods.Length > 120) break;
            string period = row.Accepted == false ? "Cổng từ chối" : $"{Show.Date(row.ValidFrom)}–{Show.Date(row.ValidTo)}";
            periods += periods.Length > 0 ? $"; {period}" : period;
        }

        return periods.Length > 0 ? breach.Expecting($"hiệu lực {periods}") : breach;
    }

    /// <summary>A cost line that insurance pays and this facility did itself.</summary>
    public static bool IsOwnCovered(Row row, RecordView record) =>
        record.Lines.Of(row).Scope == 1 && (row.Table.Id != TableId.Xml3 || !ServiceCodeRules.IsSentOut(row));
}
