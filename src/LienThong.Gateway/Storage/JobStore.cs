using LienThong.Gateway.Jobs;
using Quartz;

namespace LienThong.Gateway.Storage;

/// <summary>Where the schedule of recurring jobs is: in PostgreSQL, shared by all nodes, or in the memory of the one process that has the SQLite file.</summary>
internal static class JobStore
{
    /// <summary>Tells Quartz. Its tables are those of our migrations; it neither makes nor changes any.</summary>
    public static void Use(IQuartzBuilder quartz, Dialect dialect, JobOptions options)
    {
        quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = "lienthong");
        if (dialect is not PostgresDialect postgres)
        {
            quartz.UseInMemoryStore();
            return;
        }
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.DataSourceFactory = _ => postgres.Source);
            store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (options.CheckIn, options.DeadAfter));
            store.ConfigureStore(s =>
            {
                (s.TablePrefix, s.StoreJobDataAsStrings, s.SchemaProvisioning) = ("qrtz_", true, SchemaProvisioning.Validate);
                s.DbRetryInterval = options.Retry;
            });
        });
    }
}
