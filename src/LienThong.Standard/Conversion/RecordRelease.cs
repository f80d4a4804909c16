namespace LienThong.Standard;

/// <summary>Which release a record is written in, whatever its date asks for.</summary>
public static class RecordRelease
{
    /// <summary>
    /// The release whose field list the record follows. The one in force on its day when it knows every element of the record; otherwise the nearest
    /// older one that does (a package still in the old form), then the nearest newer one. When none does, the one that knows most.
    /// </summary>
    /// <remarks>Releases with the same fields can't be told apart without the day: QĐ 3176 and QĐ 1931, and without XML13 also QĐ 4750.</remarks>
    public static Release Of(Record record)
    {
        Release[] all = Releases.List;
        Read<DateOnly> day = DayOf(record);
        int inForce = day.IsPresent && Releases.InForceOn(day.Value) is { } release ? Array.IndexOf(all, release) : -1;
        int best = Math.Max(inForce, 0);
        int fewest = int.MaxValue;
        foreach (int i in Order(inForce, all.Length))
        {
            int foreign = Releases.Foreign(all[i], record);
            if (foreign >= fewest) continue;
            (best, fewest) = (i, foreign);
        }

        return all[best];
    }

    /// <summary>The day that decides the release in force: <c>NGAY_RA</c>, of a check-in <c>NGAY_VAO</c>, of an assessment <c>NGAY_HOP</c>.</summary>
    public static Read<DateOnly> DayOf(Record record)
    {
        if (record[TableId.Xml0] is { Count: > 0 } checkIn && record.Summary is null) return checkIn[0][Xml0.NGAY_VAO].Day();
        if (record[TableId.Xml12] is { Count: > 0 } assessment && record.Summary is null) return assessment[0][Xml12.NGAY_HOP].Day();
        return record.DischargeDay;
    }

    private static IEnumerable<int> Order(int inForce, int count)
    {
        for (int i = inForce; i >= 0; i--) yield return i;
        for (int i = inForce + 1; i < count; i++) yield return i;
    }
}
