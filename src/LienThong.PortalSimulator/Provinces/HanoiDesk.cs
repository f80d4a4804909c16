using System.Text.Json;

namespace LienThong.PortalSimulator;

/// <summary>
/// Hanoi's health data axis: <c>maKetQua</c> is a boolean at login; a call carries several files and each has its own
/// outcome under one <c>maKetQua</c> 200.
/// </summary>
internal sealed class HanoiDesk(SimulatorOptions options, SimulatorClock clock, SimulatorStore store)
    : ProvinceDesk("hanoi", clock, store, new ProvinceTokens(options, clock, options.TokenLifetime))
{
    private const string StatePath = "/api/kcb/tra-cuu-trang-thai/";
    private readonly SimulatorStore received = store;
    private int batches;

    public override ProvinceCall? Understand(string path, HttpRequest request, Memory<byte> body)
    {
        if (request.Method == "GET")
        {
            return path.StartsWith(StatePath, StringComparison.Ordinal)
                ? Plain("state", Tokens.Check(request.Headers)?.UserName ?? "", () => State(request.Headers, path[StatePath.Length..]))
                : null;
        }

        FormFields? fields = FormFields.Read(body, request.ContentType);
        return path switch
        {
            "/api/auth/token/take" => Plain("token", fields?["username"] ?? "", () => Login(fields)),
            "/api/kcb/xml/qd3176/guiHoSoXml" => Submission(request.Headers, fields),
            _ => null,
        };
    }

    protected override ProvinceReply Coded(string code, string text) => Refusal(code == "401" ? 401 : 200, code, text);

    private ProvinceReply Login(FormFields? fields)
    {
        if (fields is null || !fields.WasJson)
            return new ProvinceReply(400, new { maKetQua = false, message = "Sai định dạng tham số" }, "400");
        SimulatorAccount? account = Tokens.Account(fields["username"], password => password == fields["password"]);
        if (account is null || (account.FacilityCode.Length > 0 && account.FacilityCode != fields["code"]))
            return new ProvinceReply(401, new { maKetQua = false, message = "Sai tài khoản, mật khẩu hoặc mã đơn vị" }, "401");
        if (account.Locked)
            return new ProvinceReply(403, new { maKetQua = false, message = "Tài khoản bị khóa" }, "403");
        ProvinceTokens.Issued issued = Tokens.Issue(account);
        return new ProvinceReply(
            200,
            new
            {
                maKetQua = true,
                apiKey = new
                {
                    accessToken = issued.AccessToken,
                    idToken = issued.RefreshToken,
                    expiresIn = (long)(issued.Until - Clock.Now).TotalSeconds,
                    tokenType = "Bearer",
                    username = account.UserName,
                },
                message = "",
            },
            "200");
    }

    private ProvinceCall Submission(IHeaderDictionary headers, FormFields? fields)
    {
        SimulatorAccount? account = Tokens.Check(headers);
        string facility = fields?["maCSKCB"] ?? "";
        List<(byte[]? Bytes, DocumentInspection? Document)> files = Files(fields);
        return About("record", account, facility, files.Count > 0 ? files[0].Document : null, fault =>
        {
            if (account is null)
                return Refusal(401, "401", "Chưa xác thực");
            if (account.Locked || (account.FacilityCode.Length > 0 && facility != account.FacilityCode))
                return Refusal(403, "403", "Tài khoản không có quyền với cơ sở này");
            if (fields!["loaiHoSo"] is not ("3176" or "130") || fields["maTinh"].Length != 2 || !fields["maTinh"].All(char.IsAsciiLetter) || files.Count == 0)
                return Refusal(400, "400", "Sai tham số loaiHoSo, maTinh hoặc files");
            return Results(fault, facility, files);
        });
    }

    private ProvinceReply Results(FaultRule? fault, string facility, List<(byte[]? Bytes, DocumentInspection? Document)> files)
    {
        var results = new List<object>();
        int good = 0;
        string first = "";
        foreach ((byte[]? bytes, DocumentInspection? document) in files)
        {
            Reply? wrong = document is null ? Reply.Of("205", "Không giải mã được base64") : Fault(document, facility);
            if (wrong is not null)
            {
                results.Add(new { maGiaoDich = "", maKetQua = wrong.Code, message = wrong.Body[^1].Value });
                continue;
            }

            string transaction = Keep(fault, "record", facility, document!, bytes!);
            first = first.Length == 0 ? transaction : first;
            good++;
            results.Add(new { maGiaoDich = transaction, maKetQua = "200", message = "Tiếp nhận thành công" });
        }

        string batch = $"LO{Interlocked.Increment(ref batches):D6}";
        return new ProvinceReply(
            200,
            new { maKetQua = "200", batchId = batch, totalSuccess = good, totalFailed = files.Count - good, fileResults = results, message = "" },
            good > 0 ? "200" : "123", first);
    }

    private ProvinceReply State(IHeaderDictionary headers, string transaction)
    {
        if (Tokens.Check(headers) is null)
            return Refusal(401, "401", "Chưa xác thực");
        string wanted = Uri.UnescapeDataString(transaction);
        return received.Documents().Any(d => d.Service == "hanoi.record" && d.TransactionCode == wanted)
            ? new ProvinceReply(200, new { maKetQua = "200", maGiaoDich = wanted, trangThai = 1, moTa = "Đã tiếp nhận" }, "200", wanted)
            : Refusal(404, "404", "Không tìm thấy giao dịch");
    }

    private static ProvinceReply Refusal(int status, string code, string text) => new(status, new { maKetQua = code, message = text }, code);

    private static List<(byte[]? Bytes, DocumentInspection? Document)> Files(FormFields? fields)
    {
        var files = new List<(byte[]? Bytes, DocumentInspection? Document)>();
        if (fields is null || !fields.WasJson)
            return files;
        try
        {
            foreach (string? text in JsonSerializer.Deserialize<string?[]>(fields.Bytes("files").Span) ?? [])
            {
                byte[]? bytes = text is null ? null : Decode(text);
                files.Add((bytes, bytes is null ? null : DocumentInspection.Of(bytes, DocumentShape.TreatmentRecord)));
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            files.Clear(); // no list of texts
        }

        return files;
    }
}
