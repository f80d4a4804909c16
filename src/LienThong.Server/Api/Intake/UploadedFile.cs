using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LienThong.Server.Api.Intake;

/// <summary>The one file of a request: the body itself, or the file of a form, which is put aside first so that a second one is noticed before anything is stored.</summary>
internal sealed class UploadedFile : IAsyncDisposable
{
    /// <summary>Room for the headers and other fields of a form around the file, in bytes.</summary>
    public const long Slack = 64 * 1024;

    private readonly bool ownsContent;

    private UploadedFile(Stream content, string name, bool ownsContent) => (Content, Name, this.ownsContent) = (content, name, ownsContent);

    private UploadedFile(int status, string code, string title, string detail)
        : this(Stream.Null, "", ownsContent: false) => Failure = (status, code, title, detail);

    public Stream Content { get; }

    public string Name { get; }

    /// <summary>Bytes of a body that says so ahead; null otherwise.</summary>
    public long? Length { get; private init; }

    /// <summary>Why there is no file; null when there is.</summary>
    public (int Status, string Code, string Title, string Detail)? Failure { get; }

    public static async Task<UploadedFile> OpenAsync(HttpRequest request, string? fileName, ServerOptions options, CancellationToken ct)
    {
        string type = request.ContentType ?? "";
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            return await FromFormAsync(request, options, ct);
        if (type.Length > 0 && !IsPackage(type))
            return new UploadedFile(415, "unsupported-media-type", "Kiểu nội dung không hỗ trợ", "Gửi tệp với Content-Type application/xml hoặc multipart/form-data.");
        return new UploadedFile(request.Body, CleanName(fileName), ownsContent: false) { Length = request.ContentLength };
    }

    public async ValueTask DisposeAsync()
    {
        if (ownsContent)
            await Content.DisposeAsync();
    }

    /// <summary>A name that is safe to show and to store: no folders, no control characters, at most 200 characters.</summary>
    public static string CleanName(string? name, string unnamed = "goi.xml")
    {
        string last = (name ?? "").Replace('\\', '/').Split('/')[^1];
        string clean = new([.. last.Where(c => !char.IsControl(c))]);
        clean = clean.Trim();
        return clean.Length == 0 ? unnamed : clean.Length > 200 ? clean[..200] : clean;
    }

    private static bool IsPackage(string type) =>
        type.Contains("xml", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase);

    private static async Task<UploadedFile> FromFormAsync(HttpRequest request, ServerOptions options, CancellationToken ct)
    {
        string? boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
            return Broken();
        UploadedFile? file = null;
        try
        {
            MultipartReader reader = new(boundary, request.Body) { HeadersLengthLimit = 16 * 1024, HeadersCountLimit = 16 };
            for (int sections = 0; await reader.ReadNextSectionAsync(ct) is { } section; sections++)
            {
                if (sections > 20)
                    return await DropAsync(file, Broken());
                if (section.GetContentDispositionHeader() is not { } disposition || !disposition.IsFileDisposition())
                    continue;
                if (file is not null)
                    return await DropAsync(file, new UploadedFile(400, "one-file", "Chỉ nhận một tệp mỗi lần", "Gửi từng tệp một."));
                string name = (disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
                file = new UploadedFile(await PutAsideAsync(section.Body, options, ct), CleanName(name.Trim('"')), ownsContent: true);
            }
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return await DropAsync(file, Broken());
        }
        return file ?? new UploadedFile(400, "no-file", "Chưa có tệp", "Gửi kèm một tệp trong biểu mẫu multipart/form-data.");
    }

    private static async Task<FileStream> PutAsideAsync(Stream body, ServerOptions options, CancellationToken ct)
    {
        string folder = Path.Combine(options.Gateway.DataFolder, "tmp");
        Directory.CreateDirectory(folder);
        FileStream copy = new(Path.Combine(folder, Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        try
        {
            await body.CopyToAsync(copy, ct);
            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    private static UploadedFile Broken() => new(400, "bad-form", "Biểu mẫu không đọc được", "Gửi lại theo đúng dạng multipart/form-data.");

    private static async Task<UploadedFile> DropAsync(UploadedFile? file, UploadedFile failure)
    {
        if (file is not null)
            await file.DisposeAsync();
        return failure;
    }
}
