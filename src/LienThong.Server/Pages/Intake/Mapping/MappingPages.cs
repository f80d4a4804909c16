using System.Globalization;
using System.Text;
using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Checking;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Intake.Mapping;
using LienThong.Server.Access;
using LienThong.Server.Api.Intake;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Intake.Mapping;

/// <summary>The workbench: a sample extract, its columns and what they mean, the record they make, and the mapping's versions.</summary>
internal static class MappingPages
{
    /// <summary>A column that holds the key of the visit.</summary>
    public const string KeyChoice = "key";

    private const string Path = "/anh-xa";
    private const string Title = "Ánh xạ dữ liệu";
    private const int MostFields = 4000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ListAsync).RequireAuthorization(Permissions.Operate);
        app.MapPost(Path + "/mau", UploadAsync).RequireAuthorization(Permissions.Operate).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MappingSamples.MostBytes + (1024 * 1024)));
        app.MapGet(Path + "/mau/{id:guid}", ShowAsync).RequireAuthorization(Permissions.Operate);
        app.MapPost(Path + "/mau/{id:guid}", WorkAsync).RequireAuthorization(Permissions.Operate).DisableAntiforgery()
            .WithFormOptions(valueCountLimit: MostFields, valueLengthLimit: 4 * MappingDesk.MostCharacters)
            .WithMetadata(new RequestSizeLimitAttribute(8L * 1024 * 1024));
        app.MapGet(Path + "/tai-ve", DownloadAsync).RequireAuthorization(Permissions.Operate);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, MappingDesk desk, FacilitySettings facilities, CancellationToken ct, [FromQuery(Name = "co-so")] string? facility = null,
        [FromQuery(Name = "ten")] string? name = null, [FromQuery(Name = "da")] string? done = null) =>
        await PageAsync(
            http, desk, facilities, null, done == "luu" ? "Đã lưu ánh xạ." : null,
            facility is not null && name is not null ? await desk.VersionsAsync(http.Caller(), facility, name, ct) : [], ct);

    private static async Task<IResult> UploadAsync(HttpContext http, MappingDesk desk, MappingSamples samples, FacilitySettings facilities, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        string facility = form["co-so"].ToString();
        (string Name, Func<Stream> Open, long Length)[] files =
            [.. form.Files.Select(f => (UploadedFile.CleanName(f.FileName, "mau.csv"), (Func<Stream>)f.OpenReadStream, f.Length))];
        (MappingSample? sample, string message) = await samples.AddAsync(http.Caller(), facility, files, ct);
        return sample is null
            ? await PageAsync(http, desk, facilities, message, null, [], ct)
            : TypedResults.LocalRedirect($"{Path}/mau/{sample.Id}?ten={Uri.EscapeDataString(form["anh-xa"].ToString())}");
    }

    private static async Task<IResult> ShowAsync(
        Guid id, HttpContext http, MappingDesk desk, MappingSamples samples, VisitCheck check, CancellationToken ct, [FromQuery(Name = "ten")] string? name = null)
    {
        if (await samples.FindAsync(http.Caller(), id, ct) is not { } sample)
            return Gone(http);
        MappingVersion? known = name is { Length: > 0 } ? await desk.FindAsync(http.Caller(), sample.Facility, name, null, ct) : null;
        return await SampleAsync(http, samples, check, sample, known?.Content, name ?? "", null, null, ct);
    }

    private static async Task<IResult> WorkAsync(Guid id, HttpContext http, MappingDesk desk, MappingSamples samples, VisitCheck check, CancellationToken ct)
    {
        if (await samples.FindAsync(http.Caller(), id, ct) is not { } sample)
            return Gone(http);
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        string yaml = await YamlAsync(form, ct), name = form["ten"].ToString().Trim();
        string action = form["viec"].ToString();
        if (action == "chon" && ExtractMapping.Load(yaml).Mapping is { } before)
            yaml = MappingWriter.Write(MappingChoices.Apply(before, Choices(form)));
        if (action != "luu")
            return await SampleAsync(http, samples, check, sample, yaml, name, null, null, ct);
        MappingChange change = await desk.SaveAsync(http.Caller(), sample.Facility, name, yaml, form["ly-do"].ToString(), ct);
        return change.Done
            ? TypedResults.LocalRedirect($"{Path}?da=luu&co-so={Uri.EscapeDataString(sample.Facility)}&ten={Uri.EscapeDataString(name)}")
            : await SampleAsync(http, samples, check, sample, yaml, name, form["ly-do"].ToString(), change, ct);
    }

    private static async Task<IResult> DownloadAsync(
        HttpContext http, MappingDesk desk, CancellationToken ct, [FromQuery(Name = "co-so")] string? facility = null, [FromQuery(Name = "ten")] string? name = null,
        [FromQuery(Name = "ban")] string? version = null)
    {
        int? wanted = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        return await desk.FindAsync(http.Caller(), facility ?? "", name ?? "", wanted, ct) is { } found
            ? TypedResults.File(Encoding.UTF8.GetBytes(found.Content), "application/yaml", $"{found.Name}-{found.Version}.yaml")
            : PageResults.Failure(http, 404, "Không tìm thấy ánh xạ", "Ánh xạ không có, hoặc không thuộc cơ sở của bạn.");
    }

    private static async Task<IResult> SampleAsync(
        HttpContext http, MappingSamples samples, VisitCheck check, MappingSample sample, string? yaml, string name, string? reason, MappingChange? refused, CancellationToken ct)
    {
        try
        {
            IReadOnlyList<ExtractTable> tables = samples.Tables(sample);
            MappingProposal proposal = MappingSuggester.Suggest(tables);
            yaml ??= MappingWriter.Write(proposal.Mapping);
            MappingLoad load = ExtractMapping.Load(yaml);
            MappingPreview? preview = load.Mapping is { } mapping ? await MappingPreview.RunAsync(tables, mapping, sample.Facility, http.Caller(), check, ct) : null;
            return PageResults.Page<MappingSamplePage>(http, Title, refused is null && load.Mapping is not null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
                (nameof(MappingSamplePage.Sample), sample), (nameof(MappingSamplePage.Proposal), proposal), (nameof(MappingSamplePage.Yaml), yaml),
                (nameof(MappingSamplePage.Load), load), (nameof(MappingSamplePage.Preview), preview), (nameof(MappingSamplePage.Name), name),
                (nameof(MappingSamplePage.Reason), reason ?? ""), (nameof(MappingSamplePage.Refused), refused));
        }
        catch (UnreadableExtractException e)
        {
            return PageResults.Failure(http, 422, "Không đọc được mẫu", $"{e.Problem.Message} {e.Problem.Fix}");
        }
    }

    // Tables are named by number in the form: «b3» says what table 3 is, «c3-7» what its column 7 is called and «v3-7» what that is for.
    private static List<TableChoice> Choices(IFormCollection form)
    {
        List<TableChoice> choices = [];
        for (int t = 0; form.TryGetValue($"t{t}", out Microsoft.Extensions.Primitives.StringValues table); t++)
        {
            if (!Enum.TryParse(form[$"b{t}"], out SectionId section) || !Enum.IsDefined(section))
                continue;
            List<ColumnChoice> columns = [];
            for (int c = 0; form.TryGetValue($"c{t}-{c}", out Microsoft.Extensions.Primitives.StringValues column); c++)
            {
                string choice = form[$"v{t}-{c}"].ToString();
                columns.Add(new ColumnChoice(column.ToString(), FieldOf(choice), choice == KeyChoice || FieldOf(choice) == VisitFields.Visit.MA_LK));
            }
            choices.Add(new TableChoice(table.ToString(), section, columns));
        }
        return choices;
    }

    private static VisitField? FieldOf(string choice) =>
        choice.Split('.') is [var section, var field] ? VisitModel.Find(section)?.Find(field)?.Id : null;

    private static async Task<string> YamlAsync(IFormCollection form, CancellationToken ct)
    {
        if (form.Files.GetFile("tep") is not { Length: > 0 and <= 4 * MappingDesk.MostCharacters } file)
            return form["yaml"].ToString();
        using StreamReader reader = new(file.OpenReadStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(ct);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, MappingDesk desk, FacilitySettings facilities, string? refused, string? message, IReadOnlyList<MappingVersion> versions, CancellationToken ct) =>
        PageResults.Page<MappingListPage>(http, Title, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(MappingListPage.Mappings), await desk.ListAsync(http.Caller(), ct)), (nameof(MappingListPage.Facilities), await facilities.ListAsync(http.Caller(), ct)),
            (nameof(MappingListPage.Versions), versions), (nameof(MappingListPage.Message), message), (nameof(MappingListPage.Refused), refused));

    private static IResult Gone(HttpContext http) => PageResults.Failure(http, 404, "Mẫu không còn", "Mẫu được giữ 24 giờ; tải lên lại.");
}
