namespace Daypass.Policies.Validation.Services;

/// <summary>What CloudTrail knows of itself.</summary>
internal static class CloudTrailFacts
{
    public const string Text = """
        resource trail arn:*:cloudtrail:*:*:trail/* tags
        resource eventdatastore arn:*:cloudtrail:*:*:eventdatastore/* tags
        resource channel arn:*:cloudtrail:*:*:channel/* tags
        resource dashboard arn:*:cloudtrail:*:*:dashboard/* tags
        action AddTags trail,eventdatastore,channel,dashboard
        action CancelQuery eventdatastore
        action ConvertTrailToEventDataStore eventdatastore
        action CreateChannel channel
        action CreateDashboard dashboard
        action CreateEventDataStore eventdatastore
        action CreateServiceLinkedChannel channel
        action CreateTrail trail
        action DeleteChannel channel
        action DeleteDashboard dashboard
        action DeleteEventDataStore eventdatastore
        action DeleteResourcePolicy channel,eventdatastore,dashboard
        action DeleteServiceLinkedChannel channel
        action DeleteTrail trail
        action DeregisterOrganizationDelegatedAdmin
        action DescribeQuery eventdatastore
        action DescribeTrails
        action DisableFederation eventdatastore
        action EnableFederation eventdatastore
        action GenerateQuery eventdatastore
        action GetChannel channel
        action GetDashboard dashboard
        action GetEventConfiguration trail,eventdatastore
        action GetEventDataStore eventdatastore
        action GetEventDataStoreData eventdatastore
        action GetEventSelectors trail
        action GetImport
        action GetInsightSelectors trail,eventdatastore
        action GetQueryResults eventdatastore
        action GetResourcePolicy channel,eventdatastore,dashboard
        action GetServiceLinkedChannel channel
        action GetTrail trail
        action GetTrailStatus trail
        action ListChannels
        action ListDashboards
        action ListEventDataStores
        action ListImportFailures
        action ListImports
        action ListInsightsData
        action ListInsightsMetricData
        action ListPublicKeys
        action ListQueries eventdatastore
        action ListServiceLinkedChannels
        action ListTags trail,eventdatastore,channel,dashboard
        action ListTrails
        action LookupEvents
        action PutEventConfiguration trail,eventdatastore
        action PutEventSelectors trail
        action PutInsightSelectors trail,eventdatastore
        action PutResourcePolicy channel,eventdatastore,dashboard
        action RegisterOrganizationDelegatedAdmin
        action RemoveTags trail,eventdatastore,channel,dashboard
        action RestoreEventDataStore eventdatastore
        action SearchSampleQueries
        action StartDashboardRefresh dashboard
        action StartEventDataStoreIngestion eventdatastore
        action StartImport
        action StartLogging trail
        action StartQuery eventdatastore
        action StopEventDataStoreIngestion eventdatastore
        action StopImport
        action StopLogging trail
        action UpdateChannel channel
        action UpdateDashboard dashboard
        action UpdateEventDataStore eventdatastore
        action UpdateServiceLinkedChannel channel
        action UpdateTrail trail
        """;
}
