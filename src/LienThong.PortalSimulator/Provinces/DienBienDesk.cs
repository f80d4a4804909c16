using System.Globalization;
using System.Text;
using LienThong.Standard;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LienThong.PortalSimulator;

/// <summary>Điện Biên's health data portal: multipart; a faulty record is answered with HTTP 201 and <c>trangThai</c> 2.</summary>
internal sealed class DienBienDesk(SimulatorOptions options, SimulatorClock clock, SimulatorStore store)
    : ProvinceDesk("dienbien", clock, store, new ProvinceTokens(options, clock, TimeSpan.FromHours(2)))
{
    private int faulty;

    public override ProvinceCall? Understand(string path, HttpRequest request, Memory<byte> body)
    {
        if (request.Method != "POST")
            return null;
        Dictionary<string, byte[]> parts = Parts(request.ContentType, body);
        return path switch
        {
            "/api/token" => Plain("token", Text(parts, "username"), () => Login(parts)),
            "/api/Cong130/CheckIn" => Submission(request.Headers, parts),
            _ => null,
        };
    }

    protected override ProvinceReply Coded(string code, string text) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int status) && status is >= 400 and < 600
            ? new ProvinceReply(status, new { message = text }, code)
            : code == "201"
                ? new ProvinceReply(201, new { maGiaoDich = Guid.NewGuid().ToString(), trangThai = 2, maLoi = text }, code)
                : new ProvinceReply(200, new { maGiaoDich = Guid.NewGuid().ToString(), trangThai = code, maLoi = text }, code);

    private ProvinceReply Login(Dictionary<string, byte[]> parts)
    {
        string given = Text(parts, "password");
        SimulatorAccount? account = Tokens.Account(
            Text(parts, "username"), password => given == (options.DienBienClearPassword ? password : TokenDesk.Digest(password)));
        if (account is null || account.Locked)
            return new ProvinceReply(400, new { message = "Đăng nhập không thành công" }, "400");
        ProvinceTokens.Issued issued = Tokens.Issue(account);
        return new ProvinceReply(
            200,
            new
            {
                access_token = issued.AccessToken,
                token_type = "Bearer",
                username = account.UserName,
                expiresTime = issued.Until.InVietnam().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            },
            "200");
    }

    private ProvinceCall Submission(IHeaderDictionary headers, Dictionary<string, byte[]> parts)
    {
        SimulatorAccount? account = Tokens.Check(headers);
        byte[]? bytes = parts.GetValueOrDefault("files");
        DocumentInspection? document = bytes is null ? null : DocumentInspection.Of(bytes, DocumentShape.TreatmentRecord);
        string facility = account?.FacilityCode is { Length: > 0 } own ? own : document?.Facility ?? "";
        return About("record", account, facility, document, fault =>
        {
            if (account is null)
                return new ProvinceReply(401, new { message = "Unauthorized" }, "401");
            if (document is null)
                return new ProvinceReply(400, new { message = "Thiếu tệp files" }, "400");
            if (Fault(document, facility) is { } wrong)
            {
                string number = $"hoso-loi-{Interlocked.Increment(ref faulty)}";
                return new ProvinceReply(201, new { maGiaoDich = number, trangThai = 2, maLoi = $"Lỗi hồ sơ: {wrong.Body[^1].Value}" }, "201");
            }

            string transaction = Keep(fault, "record", facility, document, bytes!);
            return new ProvinceReply(200, new { maGiaoDich = transaction, trangThai = 1, maLoi = (string?)null }, "200", transaction);
        });
    }

    private static string Text(Dictionary<string, byte[]> parts, string name) =>
        parts.TryGetValue(name, out byte[]? value) ? Encoding.UTF8.GetString(value) : "";

    private static Dictionary<string, byte[]> Parts(string? contentType, Memory<byte> body)
    {
        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (!MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type) || type.Boundary.Length == 0)
            return parts;
        try
        {
            var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), new MemoryStream(body.ToArray()));
            while (reader.ReadNextSectionAsync().GetAwaiter().GetResult() is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } disposition)
                    continue;
                using var content = new MemoryStream();
                section.Body.CopyTo(content);
                parts[HeaderUtilities.RemoveQuotes(disposition.Name).ToString()] = content.ToArray();
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            parts.Clear();
        }

        return parts;
    }
}
