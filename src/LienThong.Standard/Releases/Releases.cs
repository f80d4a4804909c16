using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace LienThong.Standard;

/// <summary>All releases of the data standard that this version of the product knows.</summary>
/// <remarks>Data: QĐ 4210/2017, 130/2023, 4750/2023, 3176/2024, 1931/2026 of the Ministry of Health; adding the next one is a CSV file and a test.</remarks>
public static class Releases
{
    /// <summary>Oldest first.</summary>
    public static ImmutableArray<Release> All => ImmutableCollectionsMarshal.AsImmutableArray(List);

    /// <summary>The same for this product's own rooms: judging one file doesn't load the library of immutable collections.</summary>
    internal static Release[] List { get; } = ReleaseLoader.Load();

    /// <summary>The newest release.</summary>
    public static Release Newest => List[^1];

    /// <summary>A release by its id, e.g. <c>QD3176</c>; null when unknown.</summary>
    public static Release? Find(string id)
    {
        foreach (Release release in List)
        {
            if (string.Equals(release.Id, id, StringComparison.OrdinalIgnoreCase)) return release;
        }

        return null;
    }

    /// <summary>A release by its id.</summary>
    /// <exception cref="ArgumentException">There is no such release.</exception>
    public static Release Get(string id) => Find(id) ?? throw new ArgumentException($"Unknown release {id}.", nameof(id));

    /// <summary>
    /// The release a record must follow: the latest one mandatory on its <c>NGAY_RA</c>.
    /// Null before the first mandatory date in the data; such a record's release is told by its structure (<see cref="ByStructure"/>).
    /// </summary>
    public static Release? InForceOn(DateOnly dischargeDate)
    {
        for (int i = List.Length - 1; i >= 0; i--)
        {
            if (List[i].MandatoryFrom is { } from && from <= dischargeDate) return List[i];
        }

        return null;
    }

    /// <summary>
    /// The oldest release that knows every table and field the record holds; for records older than the first mandatory release.
    /// Null when no release does.
    /// </summary>
    public static Release? ByStructure(Record record)
    {
        foreach (Release release in List)
        {
            if (Foreign(release, record) == 0) return release;
        }

        return null;
    }

    /// <summary>How many tables and fields of the record a release doesn't know.</summary>
    internal static int Foreign(Release release, Record record)
    {
        int foreign = 0;
        for (int t = 0; t < TableNames.Count; t++)
        {
            if (record[(TableId)t] is not { } table) continue;
            TableSpec? spec = release.Table((TableId)t);
            if (spec is null) foreign++;
            for (int column = 0; column < FieldNames.Of(table.Id).Length; column++)
            {
                var field = new FieldId(table.Id, (byte)column);
                if (table.Has(field) && spec?.Find(field) is null) foreign++;
            }
        }

        return foreign;
    }
}
