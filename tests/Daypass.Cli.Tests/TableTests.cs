using Daypass.Cli.Api;
using Daypass.Service.Pipeline;
using ApiService = Daypass.Cli.Api.ApiService;

namespace Daypass.Cli.Tests;

/// <summary>The client's tables are about this server. A new action needs its line in <c>src/Daypass.Cli/Api/Tables</c>.</summary>
public sealed class TableTests
{
    [Fact]
    public void The_client_knows_the_actions_of_the_server_and_no_others() =>
        Assert.Equal(
            new ActionCatalog().All.Select(action => $"{action.Service.Name} {action.Name}").Order(StringComparer.Ordinal),
            ApiService.All.SelectMany(service => service.Actions.Keys.Select(action => $"{service.Name} {action}")).Order(StringComparer.Ordinal));

    [Fact]
    public void The_client_speaks_each_api_as_the_server_does() =>
        Assert.Equal(
            ActionCatalog.Services.Select(service => (service.Name, service.Version, service.Target)),
            ApiService.All.Select(service => (service.Name, service.Version, service.Target)));

    [Fact]
    public void Every_kind_belongs_to_a_parameter()
    {
        var used = ApiService.All.SelectMany(service => service.Actions.Values).SelectMany(action => action.Parameters).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(ApiTables.KindNames, name => Assert.Contains(name, used));
    }
}
