using Daypass.Testing;

namespace Daypass.Server.Tests.Backups;

/// <summary>Runs the server program's commands on a store, as an operator does.</summary>
internal static class StoreProgram
{
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output) = await TryAsync(arguments);
        Assert.True(code == 0, output);
        return output;
    }

    /// <summary>The sentence of a command that must not succeed.</summary>
    public static async Task<string> RefusedAsync(params string[] arguments)
    {
        var (code, output) = await TryAsync(arguments);
        Assert.True(code == 1, output);
        Assert.StartsWith("daypass: ", output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd().Split('\n'));
        return output;
    }

    private static async Task<(int Code, string Output)> TryAsync(string[] arguments)
    {
        await using var program = ChildProgram.Start(Checkout.ServerProgram, arguments);
        var code = await program.ExitAsync(TimeSpan.FromMinutes(3));
        return (code, program.Output);
    }

    /// <summary>The administrator's new key that a restore has left.</summary>
    public static SigningClient Administrator(DaypassServer server)
    {
        var lines = File.ReadAllLines(Path.Combine(server.DataDirectory, "admin.credentials"));
        return server.Client(lines[1].Split(" = ")[1], lines[2].Split(" = ")[1]);
    }

    /// <summary>Stops the server, puts its data aside, restores a backup in their place, and starts again.</summary>
    public static async Task<string> RestoreAsync(DaypassServer server, string backup, params string[] options)
    {
        await server.StopAsync();
        var aside = $"{server.DataDirectory}.{Directory.GetDirectories(Path.GetDirectoryName(server.DataDirectory)!).Length}";
        Directory.Move(server.DataDirectory, aside);
        var output = await RunAsync(["restore", backup, "--data-dir", server.DataDirectory, .. options.Select(option => option == "THE-STORE-OF-BEFORE" ? aside : option)]);
        await server.RestartAsync();
        return output;
    }
}
