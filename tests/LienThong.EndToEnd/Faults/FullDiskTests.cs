namespace LienThong.EndToEnd.Faults;

/// <summary>The disk is full in the middle of the work: what was taken over stays, what wasn't is refused, and everything goes on by itself when there is room.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_loses_nothing_and_the_node_goes_on_by_itself_when_there_is_room()
    {
        Assert.True(Environment.UserName == "root", "This test mounts a small disk of its own and therefore needs root.");
        await using Hospital hospital = await Hospital.OpenAsync(postgres: null, disk: "12m");
        await using Node node = await hospital.StartNodeAsync();
        Queue<byte[]> packages = new(Hospital.Packages(400, 20));
        int refused = 0;
        while (packages.Count > 0)
        {
            if (await node.HandInAsync(packages.Peek(), hospital.Token))
                packages.Dequeue();
            else if (++refused == 8)
                break;
        }
        Assert.True(packages.Count > 0, "The disk was large enough for everything.");

        await hospital.ResizeAsync("300m");
        while (packages.Count > 0)
        {
            Assert.True(await node.HandInAsync(packages.Peek(), hospital.Token));
            packages.Dequeue();
        }
        for (int i = 0; i < 240 && (await hospital.RowsAsync<long>("SELECT COUNT(*) FROM record_version WHERE state <> 'Accepted'"))[0] > 0; i++)
            await Task.Delay(500);

        Assert.Equal(["Accepted 400"], await hospital.RowsAsync<string>("SELECT state || ' ' || COUNT(*) FROM record_version WHERE is_current = 1 GROUP BY state"));
        Assert.Equal(400, hospital.Portal.Store.Documents().Select(d => d.MaLk).Distinct().Count());
        await hospital.AssertProofIsWholeAsync();
    }
}
