//! frontmap turns dated war reporting into map layers.
