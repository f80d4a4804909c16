using System.Globalization;
using System.Security.Cryptography;

namespace LienThong.PortalSimulator;

/// <summary>Everything the simulator has received and been asked. Thread-safe; what is returned is a copy.</summary>
public sealed class SimulatorStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Facility, string MaLk), List<ReceivedDocument>> documents = [];
    private readonly Queue<ReceivedDocument> withBytes = new();
    private readonly Queue<SimulatorRequest> requests = new();
    private readonly Dictionary<string, long> answers = new(StringComparer.Ordinal);
    private readonly SimulatorOptions options;
    private readonly SimulatorClock clock;
    private long sequence;
    private long transactions;
    private long keptBytes;

    internal SimulatorStore(SimulatorOptions options, SimulatorClock clock) => (this.options, this.clock) = (options, clock);

    /// <summary>Every document received, grouped by <c>MA_LK</c>, oldest first.</summary>
    public IReadOnlyList<ReceivedDocument> Documents()
    {
        lock (gate)
            return [.. documents.Values.SelectMany(static list => list)];
    }

    /// <summary>All documents of one <c>MA_LK</c>, oldest first; the last one of each service is current.</summary>
    public IReadOnlyList<ReceivedDocument> Documents(string facilityCode, string maLk)
    {
        lock (gate)
            return documents.TryGetValue((facilityCode, maLk), out List<ReceivedDocument>? list) ? [.. list] : [];
    }

    /// <summary>Requests kept, oldest first.</summary>
    public IReadOnlyList<SimulatorRequest> Requests()
    {
        lock (gate)
            return [.. requests];
    }

    /// <summary>Totals since the start.</summary>
    public SimulatorStats Stats()
    {
        lock (gate)
        {
            ReceivedDocument[] all = [.. documents.Values.SelectMany(static list => list)];
            return new SimulatorStats(
                sequence, transactions, all.Count(static d => !d.Replaced), all.Count(static d => d.Replaced),
                all.Count(static d => d.IsRepeat), keptBytes, new SortedDictionary<string, long>(answers, StringComparer.Ordinal));
        }
    }

    /// <summary>Keeps a document; an earlier one of the same service and <c>MA_LK</c> becomes replaced.</summary>
    internal ReceivedDocument Receive(string service, string facilityCode, string maLk, ReceivedVisit visit, byte[] bytes)
    {
        string hash = Convert.ToHexString(SHA256.HashData(bytes));
        lock (gate)
        {
            transactions++;
            string number = string.Create(
                CultureInfo.InvariantCulture, $"HSKCB{facilityCode}_{clock.Vietnam("yyyyMMddHHmmssfff")}{transactions:D5}");
            var received = new ReceivedDocument(service, facilityCode, maLk, number, clock.Now, hash, bytes.Length) { Bytes = bytes, Visit = visit };
            if (!documents.TryGetValue((facilityCode, maLk), out List<ReceivedDocument>? list))
                documents[(facilityCode, maLk)] = list = [];
            foreach (ReceivedDocument earlier in list)
            {
                if (earlier.Service != service)
                    continue;
                received.IsRepeat |= earlier.Sha256 == hash;
                earlier.Replaced = true;
            }

            list.Add(received);
            withBytes.Enqueue(received);
            keptBytes += bytes.Length;
            while (keptBytes > options.KeepDocumentBytes && withBytes.TryDequeue(out ReceivedDocument? oldest))
            {
                keptBytes -= oldest.Size;
                oldest.Bytes = null;
            }

            return received;
        }
    }

    /// <summary>Records an answered request.</summary>
    internal SimulatorRequest Record(SimulatorRequest request)
    {
        lock (gate)
        {
            request = request with { Sequence = ++sequence };
            requests.Enqueue(request);
            while (requests.Count > options.KeepRequests)
                requests.Dequeue();
            string key = request.Fault.Length == 0 ? request.Code : $"{request.Code}+{request.Fault}";
            answers[key] = answers.GetValueOrDefault(key) + 1;
            return request;
        }
    }
}

/// <summary>Totals since the start.</summary>
/// <param name="Requests">Requests answered or left unanswered on purpose.</param>
/// <param name="Received">Transaction numbers given.</param>
/// <param name="Current">Documents that nothing has replaced.</param>
/// <param name="Replaced">Documents that a later one replaced.</param>
/// <param name="Repeats">Documents received again with the same bytes.</param>
/// <param name="KeptBytes">Bytes of document contents in memory.</param>
/// <param name="Answers">Requests by code, with the fault's kind after a plus sign.</param>
public sealed record SimulatorStats(
    long Requests, long Received, int Current, int Replaced, int Repeats, long KeptBytes, IReadOnlyDictionary<string, long> Answers);
