using Daypass.Server;
using Daypass.Server.Backups;
using Daypass.Server.Health;
using Daypass.Server.Http;
using Daypass.Server.Setup;
using Daypass.Server.Telemetry;

if (args is ["--help" or "-h" or "help", ..])
{
    Console.WriteLine(OptionsReader.Help);
    return 0;
}
if (args is ["--version", ..])
{
    Console.WriteLine($"Daypass {HealthEndpoint.Version}");
    return 0;
}

try
{
    if (StoreCommands.Find(args) is { } command)
    {
        Console.WriteLine(await command(CancellationToken.None));
        return 0;
    }
    using var limit = FileSizeLimit.TakeSignal();
    var options = OptionsReader.Read(args, Environment.GetEnvironmentVariable);
    var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
    Logs.Configure(builder.Logging, options);
    builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listening.Configure(kestrel, options));
    if (options.Certificate is not null || options.MetricsUrl is { Scheme: "https" })
        builder.WebHost.UseKestrelHttpsConfiguration();
    await using var app = builder.Build();
    await using (var wiring = await Wiring.OpenAsync(options, BootstrapVariables.Read(Environment.GetEnvironmentVariable), app.Logger, CancellationToken.None))
    {
        app.UseWatching(wiring);
        if (options.BehindProxy.Count > 0)
            app.UseTrustedProxies(options.BehindProxy);
        app.Run(context => wiring.FindEndpoint(context.Request.Path)(context));

        await app.StartAsync();
        wiring.ListensOn(app.Urls);
        Banner.Write(Console.Out, app.Logger, options, app.Urls, wiring.Made, wiring.Installation.ClockOffset);
        await Shutdown.WaitAsync(app, wiring.Health, options);
    }
    Daypass.Server.Log.Stopped(app.Logger);
    return 0;
}
catch (Exception failure) when (StartFailure.Explain(failure) is { } sentence)
{
    await Console.Error.WriteLineAsync($"daypass: {sentence}");
    return 1;
}
