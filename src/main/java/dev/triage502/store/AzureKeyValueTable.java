package dev.triage502.store;

import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import com.azure.data.tables.models.TableServiceException;
import java.util.List;
import java.util.Optional;

/**
 * KeyValueTable as entities of one table: the row is the partition, and ETags tell who was quicker.
 *
 * <p>A property holds 32 K characters and an entity 1 MiB
 * (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model), so a long text lies
 * in several properties.
 */
final class AzureKeyValueTable implements KeyValueTable {

    private static final int LONGEST_PROPERTY = 30_000;
    private static final String PART = "part";
    private static final int MOST_IN_ONE_ANSWER = 1000;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int CHANGED = 412;

    private final LazyValue<TableClient> table;

    AzureKeyValueTable(AzureClients clients) {
        this.table = new LazyValue<>(clients::table);
    }

    @Override
    public Optional<Cell> read(String row, String column) {
        try {
            TableEntity entity = table.get().getEntity(row, column);
            return Optional.of(new Cell(join(entity), entity.getETag()));
        } catch (TableServiceException e) {
            if (status(e) == NOT_FOUND) {
                return Optional.empty();
            }
            throw failure(e);
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public boolean write(String row, String column, String text, Optional<String> seen) {
        TableEntity entity = split(new TableEntity(row, column), text);
        seen.ifPresent(tag -> entity.getProperties().put("odata.etag", tag));
        try {
            return seen.isPresent() ? update(entity) : create(entity);
        } catch (TableServiceException e) {
            int status = status(e);
            if (status == CONFLICT || status == CHANGED || seen.isPresent() && status == NOT_FOUND) {
                return false;
            }
            throw failure(e);
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public List<Listed> list(String row, String after, int atMost) {
        ListEntitiesOptions options = new ListEntitiesOptions()
                .setFilter("PartitionKey eq '" + row + "' and RowKey gt '" + after + "'")
                .setTop(Math.min(atMost, MOST_IN_ONE_ANSWER));
        try {
            return table.get().listEntities(options, null, Context.NONE).stream()
                    .limit(atMost)
                    .map(entity -> new Listed(entity.getRowKey(), join(entity)))
                    .toList();
        } catch (TableServiceException e) {
            if (status(e) == NOT_FOUND) {
                return List.of();
            }
            throw failure(e);
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public void remove(String row, String column) {
        try {
            table.get().deleteEntity(row, column);
        } catch (TableServiceException e) {
            if (status(e) != NOT_FOUND) {
                throw failure(e);
            }
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    private boolean update(TableEntity entity) {
        table.get().updateEntityWithResponse(entity, TableEntityUpdateMode.REPLACE, true, null, Context.NONE);
        return true;
    }

    private boolean create(TableEntity entity) {
        try {
            table.get().createEntity(entity);
        } catch (TableServiceException e) {
            if (status(e) != NOT_FOUND) {
                throw e;
            }
            table.get().createTable();
            table.get().createEntity(entity);
        }
        return true;
    }

    private static TableEntity split(TableEntity entity, String text) {
        for (int part = 0; part * LONGEST_PROPERTY < text.length() || part == 0; part++) {
            int from = part * LONGEST_PROPERTY;
            entity.addProperty(PART + part, text.substring(from, Math.min(text.length(), from + LONGEST_PROPERTY)));
        }
        return entity;
    }

    private static String join(TableEntity entity) {
        StringBuilder text = new StringBuilder();
        for (int part = 0; entity.getProperty(PART + part) instanceof String piece; part++) {
            text.append(piece);
        }
        return text.toString();
    }

    private static int status(TableServiceException e) {
        return e.getResponse() == null ? 0 : e.getResponse().getStatusCode();
    }

    private static StoreFailure failure(RuntimeException e) {
        return e instanceof StoreFailure told ? told : new StoreFailure("table " + AzureClients.TABLE, e);
    }
}
