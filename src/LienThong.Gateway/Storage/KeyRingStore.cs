using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Storage;

/// <summary>Keys of Data Protection in the database, shared by all nodes.</summary>
internal sealed class KeyRingStore(Database database) : IXmlRepository
{
    private static readonly string[] Columns = ["name", "xml", "added_at"];

    // The framework's own lifetime of a key; a successor is made two days before.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <inheritdoc/>
    // The framework asks from threads of its own and knows no tasks.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(() => database.QueryUnscopedAsync<string>("SELECT xml FROM key_ring ORDER BY name", null, default)).GetAwaiter().GetResult().Select(Parse)];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => Task.Run(async () =>
    {
        await using WriteSession session = await database.BeginAsync(default);
        await AddAsync(session, [(friendlyName, element)], default);
        await session.CommitAsync(default);
    }).GetAwaiter().GetResult();

    /// <summary>Takes over the keys in a folder, and makes the first key when there is none. Nodes that start together wait for each other, so that they begin with the same key.</summary>
    /// <exception cref="XmlException">A file of the folder is broken.</exception>
    public async Task PrepareAsync(string folder, string application, CancellationToken ct)
    {
        List<(string Name, XElement Element)> found = [];
        if (Directory.Exists(folder))
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal))
                found.Add((Path.GetFileNameWithoutExtension(file), Parse(await File.ReadAllTextAsync(file, ct))));
        }
        await using WriteSession session = await database.BeginAsync(ct);
        await database.Dialect.LockForMigrationAsync(session.Connection, session.Transaction, ct);
        List<string> known = await session.QueryUnscopedAsync<string>("SELECT name FROM key_ring", null, ct);
        if (known.Count == 0 && found.Count == 0)
            found.Add(NewKey(application));
        found.RemoveAll(f => known.Contains(f.Name, StringComparer.Ordinal));
        if (found.Count > 0)
        {
            await AddAsync(session, found, ct);
            session.Audit("", "system", "key-ring.added", string.Join(", ", found.Select(f => f.Name)));
        }
        await session.CommitAsync(ct);
    }

    private static async Task AddAsync(WriteSession session, IEnumerable<(string Name, XElement Element)> elements, CancellationToken ct) =>
        await session.InsertNewAsync(
            "key_ring", Columns, [.. elements.Select(e => new object?[] { e.Name, e.Element.ToString(SaveOptions.DisableFormatting), session.Database.Now })], ct);

    private static (string Name, XElement Element) NewKey(string application)
    {
        Memory memory = new();
        IServiceCollection services = new ServiceCollection().AddLogging();
        services.AddDataProtection().SetApplicationName(application).AddKeyManagementOptions(o => o.XmlRepository = memory);
        using ServiceProvider provider = services.BuildServiceProvider();
        // The framework reads the machine's clock and so must its keys.
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        provider.GetRequiredService<IKeyManager>().CreateNewKey(now, now + Lifetime);
        return memory.Added!.Value;
    }

    private static XElement Parse(string xml)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader);
    }

    private sealed class Memory : IXmlRepository
    {
        public (string Name, XElement Element)? Added { get; private set; }

        public IReadOnlyCollection<XElement> GetAllElements() => [];

        public void StoreElement(XElement element, string friendlyName) => Added = (friendlyName, element);
    }
}
