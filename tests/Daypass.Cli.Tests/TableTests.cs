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
            ApiService.All.SelectMany(service => service.Actions.Keys.Select(action => $"{service.SigningName} {action}")).Order(StringComparer.Ordinal));

    [Fact]
    public void The_client_speaks_each_api_as_the_server_does() =>
        Assert.Equal(
            ActionCatalog.Services.Select(service => (service.Name, service.Version, service.Target)),
            ApiService.All.Select(service => (service.SigningName, service.Version, service.Target)));

    [Fact]
    public void The_client_knows_where_the_actions_of_REST_services_are_and_what_goes_into_the_query_string() =>
        Assert.Equal(
            new ActionCatalog().All.Where(action => action.Route is not null).Select(action => Route(action.Name, action.Route!.Method, action.Route.Path, action.Route.QueryMembers)),
            ApiService.All.Where(service => service.IsRest).SelectMany(service => service.Actions.Values)
                .Select(action => Route(action.Name, action.Method, action.Path!, action.Parameters.Where(parameter => parameter.IsInQuery).Select(parameter => char.ToLowerInvariant(parameter.Name[0]) + parameter.Name[1..]))));

    /// <summary>Together with the rule in the architecture tests: whatever the API calls a policy document and keeps, the validator sees.</summary>
    [Fact]
    public void Every_policy_document_that_an_action_stores_is_looked_over_for_the_trail()
    {
        var writers = new ActionCatalog().All.Where(action => action.Writes).SelectMany(action => DocumentsOf(action).Select(document => (Action: action, Document: document))).ToList();
        Assert.Contains(writers, writer => writer.Action.Name == "CreateRole");
        Assert.All(writers, writer =>
        {
            var wire = new Parameters([KeyValuePair.Create(writer.Document, "{}")]);
            writer.Action.Bind(wire);
            Assert.Equal([writer.Document], wire.Written.Parameters);
        });
    }

    private static IEnumerable<string> DocumentsOf(Service.Pipeline.ApiAction action) =>
        ApiService.All.Single(service => service.SigningName == action.Service.Name).Actions[action.Name].Parameters
            .Select(parameter => parameter.Name).Where(name => name.EndsWith("PolicyDocument", StringComparison.Ordinal) || name is "Content");

    private static string Route(string action, string method, string path, IEnumerable<string> queryMembers) => $"{action} {method} {path} {string.Join(',', queryMembers.Order(StringComparer.Ordinal))}";

    [Fact]
    public void Every_kind_belongs_to_a_parameter()
    {
        var used = ApiService.All.SelectMany(service => service.Actions.Values).SelectMany(action => action.Parameters).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(ApiTables.KindNames, name => Assert.Contains(name, used));
    }
}
