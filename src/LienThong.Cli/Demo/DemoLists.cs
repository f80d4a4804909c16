using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Access;
using LienThong.Gateway.Catalogues;
using LienThong.Samples;
using LienThong.Validation;

namespace LienThong.Cli.Demo;

/// <summary>The code lists of the demo's invented facility, imported as a facility imports its own.</summary>
internal static class DemoLists
{
    /// <summary>Imports them all.</summary>
    /// <param name="house">The gateway; the facility is known to it.</param>
    /// <param name="options">Facility and days of the invented records.</param>
    /// <param name="tell">Told how many lists are in.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>How many lists there are.</returns>
    /// <exception cref="CommandFailure">A list was refused.</exception>
    public static async Task<int> ImportAsync(House house, SampleOptions options, Action<long> tell, CancellationToken ct)
    {
        // As the facility alone: files of other facilities aren't judged by its part of the national lists.
        Caller facility = house.Self with { Scope = FacilityScope.Only(options.FacilityCode) };
        int done = 0;
        foreach (SampleList list in SampleLists.All(options))
        {
            await ImportAsync(house, facility, list, options.FacilityCode, ct);
            tell(++done);
        }

        return done;
    }

    private static async Task ImportAsync(House house, Caller caller, SampleList list, string facility, CancellationToken ct)
    {
        using var content = new MemoryStream();
        list.Write(content);
        content.Position = 0;
        string kept = await house.CatalogueImport.KeepAsync(content, ct) ?? throw CommandFailure.Io($"{list.File}: tệp danh mục mẫu quá lớn.");
        var request = new CatalogueRequest { FileName = list.File, Facility = facility, List = ListDefinitions.Find(list.Name), AllOrNothing = true, Reason = "Danh mục mẫu" };
        CatalogueImportResult result = await house.CatalogueImport.ApplyAsync(caller, kept, request, null, null, ct);
        if (!result.Applied) throw CommandFailure.Io($"{list.File}: không nhập được danh mục mẫu. {result.Refusal}");
    }
}
