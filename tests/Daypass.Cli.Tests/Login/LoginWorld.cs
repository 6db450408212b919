using System.Net;
using Daypass.Cli.Login;

namespace Daypass.Cli.Tests.Login;

/// <summary>A person at a terminal with a browser that the test plays.</summary>
internal sealed class LoginWorld : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private LoginWorld(FakeProvider provider) => Provider = provider;

    public FakeProvider Provider { get; }

    public TestHost Terminal { get; } = new();

    public string Config => Path.Combine(Terminal.Home, ".aws/config");

    private string AddressFile => Path.Combine(Terminal.Folder, "address");

    public static async Task<LoginWorld> StartAsync()
    {
        var world = new LoginWorld(await FakeProvider.StartAsync());
        var browser = world.Terminal.WriteFile("browser", $"#!/bin/sh\nprintf '%s' \"$2\" >'{world.AddressFile}.new' && mv '{world.AddressFile}.new' '{world.AddressFile}'\n");
        File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        world.Terminal.Variables["BROWSER"] = browser + " --new-window %s";
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        Terminal.Dispose();
    }

    public string[] Command(params string[] more) =>
        ["login", "--profile", "corp", "--issuer", Provider.Url, "--client-id", "laptop", "--role-arn", "arn:aws:iam::111122223333:role/people", "--endpoint-url", Provider.Url, .. more];

    /// <summary>Begins a sign-in; answers when the browser has opened, with where it went.</summary>
    public async Task<(Task<int> Running, Question Question)> BeginAsync(params string[] command)
    {
        File.Delete(AddressFile);
        var running = Terminal.RunAsync(command);
        while (!File.Exists(AddressFile))
        {
            if (running.IsCompleted)
                throw new InvalidOperationException($"exit {await running}: {Terminal.Error}");
            await Task.Delay(10);
        }
        var question = new Question(new Uri(await File.ReadAllTextAsync(AddressFile)));
        Provider.Nonce = question["nonce"];
        return (running, question);
    }

    /// <summary>A whole sign-in that goes well.</summary>
    public async Task<int> SignInAsync(params string[] command)
    {
        var (running, question) = await BeginAsync(command);
        Assert.Equal(HttpStatusCode.OK, (await VisitAsync(question.Answer(Provider))).Status);
        return await running;
    }

    public Task<int> RenewAsync() => Terminal.RunAsync("login", "--profile", "corp", "--renew");

    public KeptLogin Kept() => KeptLogin.TryRead(KeptFile)!;

    public string KeptFile => Assert.Single(Directory.EnumerateFiles(Path.Combine(Terminal.Home, ".cache/daypass/logins"), "*.json"));

    public static async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Response)> VisitAsync(string address, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        change?.Invoke(request);
        var response = await Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>The address that the browser was sent to.</summary>
    internal sealed class Question(Uri address)
    {
        private readonly Callback _values = Callback.TryParse(address.Query[1..])!;

        public Uri Address => address;

        public string? this[string name] => _values[name];

        /// <summary>Where the provider would send it back to.</summary>
        public string Answer(FakeProvider provider) => $"{this["redirect_uri"]}?code=CODE-EXAMPLE&state={this["state"]}&iss={Uri.EscapeDataString(provider.Url)}";

        /// <summary>The same with another query.</summary>
        public string AnswerWith(string query) => $"{this["redirect_uri"]}?{query.Replace("{state}", this["state"], StringComparison.Ordinal)}";
    }
}
