namespace LienThong.Validation;

/// <summary>
/// Every code list that rules look into. A new list is one definition in <see cref="DiseaseLists"/>, <see cref="NationalLists"/> or
/// <see cref="FacilityLists"/> and its place in that class' <c>All</c>.
/// </summary>
public static class ListDefinitions
{
    /// <summary>All lists, national ones first.</summary>
    public static IReadOnlyList<ListDefinition> All { get; } = [.. DiseaseLists.All, .. NationalLists.All, .. FacilityLists.All, .. AuditLists.All, .. HistoryCodeLists.All];

    /// <summary>A list by its name; null when no rule knows it.</summary>
    public static ListDefinition? Find(string name)
    {
        foreach (ListDefinition list in All)
        {
            if (list.Name == name) return list;
        }

        return null;
    }

    internal static ListDefinition Get(string name) => Find(name) ?? throw new InvalidOperationException($"There is no code list {name}.");

    internal static ListColumn Key(string name, string titleVi, string headers = "") => new(name, ColumnKind.Code, titleVi, headers, Needed: true);

    internal static ListColumn Code(string name, string titleVi, string headers = "") => new(name, ColumnKind.Code, titleVi, headers);

    internal static ListColumn Codes(string name, string titleVi, string headers = "") => new(name, ColumnKind.Codes, titleVi, headers);

    internal static ListColumn Text(string name, string titleVi, string headers = "") => new(name, ColumnKind.Text, titleVi, headers);

    internal static ListColumn Number(string name, string titleVi, string headers = "") => new(name, ColumnKind.Number, titleVi, headers);

    internal static ListColumn Flag(string name, string titleVi, string headers = "") => new(name, ColumnKind.Flag, titleVi, headers);

    internal static ListColumn Day(string name, string titleVi, string headers = "") => new(name, ColumnKind.Day, titleVi, headers);
}
