using LienThong.Standard;

namespace LienThong.Samples.Tests;

/// <summary>Shorthand to write and read back.</summary>
internal static class Written
{
    public static readonly DateOnly CreatedOn = new(2026, 10, 1);

    public static byte[] Package(SampleFactory factory, RecordBuilder builder)
    {
        using Record record = builder.Build();
        return PackageWriter.WriteSingle(record, factory.ReleaseOf(builder), factory.Options.FacilityCode, CreatedOn);
    }

    /// <summary>Every value of every row, as text; absent fields left out.</summary>
    public static List<string> Values(Record record)
    {
        var values = new List<string>();
        for (int t = 0; t < TableNames.Count; t++)
        {
            if (record[(TableId)t] is not { } table) continue;
            for (int i = 0; i < table.Count; i++)
            {
                foreach (FieldSpec field in Releases.Newest.Table(table.Id)!.Fields)
                {
                    if (!table[i][field.Id].IsEmpty) values.Add($"{table.Id.Code()}[{i + 1}].{field.Name}={table[i][field.Id].Text}");
                }
            }
        }

        return values;
    }

    public static IEnumerable<(SampleKind Kind, int Index)> Mix(int outpatients, int inpatients)
    {
        for (int i = 0; i < outpatients; i++) yield return (SampleKind.Outpatient, i);
        for (int i = 0; i < inpatients; i++) yield return (SampleKind.Inpatient, i);
        for (int i = 0; i < inpatients; i++) yield return (SampleKind.ShortStay, i);
    }
}
